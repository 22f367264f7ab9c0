import { z } from 'zod'

/**
 * A compacted topic is a table: of each key the newest entry stays. Every process reads it whole, from the beginning and
 * without a consumer group, and is ready when it has caught up.
 */
export type TableTopic<Entry extends z.ZodType = z.ZodType> = { readonly topic: string; readonly entry: Entry }

/** Key: session id. A session that was ended: its access tokens are refused from now on, though they have not expired. */
export const revocations = {
  topic: 'neotool.security.revocations',
  entry: z.object({ sessionId: z.uuid(), revokedAt: z.iso.datetime() }),
} as const satisfies TableTopic

/** Key: `active`. The policies that every process decides by, in place of the base policies that it was built with. */
export const policyBundles = {
  topic: 'neotool.security.policies',
  entry: z.object({ version: z.int().positive(), policies: z.string() }),
} as const satisfies TableTopic
