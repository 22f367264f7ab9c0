import { z } from 'zod'

/**
 * A compacted topic is a table: of each key the newest entry stays. Every process reads it whole, from the beginning and
 * without a consumer group, and is ready when it has caught up.
 */
export type TableTopic<Entry extends z.ZodType = z.ZodType> = { readonly topic: string; readonly entry: Entry }

const revokedAt = z.iso.datetime()
/** Access tokens whose claim `rights_version` is lower are refused. */
const rightsVersion = z.int().positive()

/**
 * Access tokens that are refused from now on, though they have not expired. Key: the id in the entry. Those of a session
 * that was ended; the one whose `jti` it is; and those that were issued before somebody, or everybody in a group, lost a right: they have to be
 * refreshed.
 */
export const revocations = {
  topic: 'neotool.security.revocations',
  entry: z.union([
    z.strictObject({ sessionId: z.uuid(), revokedAt }),
    z.strictObject({ tokenId: z.uuid(), revokedAt }),
    z.strictObject({ principalId: z.uuid(), rightsVersion, revokedAt }),
    z.strictObject({ groupId: z.uuid(), rightsVersion, revokedAt }),
  ]),
} as const satisfies TableTopic

export type Revocation = z.output<typeof revocations.entry>

/** Key: `active`. The policies that every process decides by, in place of the base policies that it was built with. */
export const policyBundles = {
  topic: 'neotool.security.policies',
  entry: z.object({ version: z.int().positive(), policies: z.string() }),
} as const satisfies TableTopic
