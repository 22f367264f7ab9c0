import { z } from 'zod'
import { type DataOf, defineEvent } from './event.ts'

/**
 * Somebody asked for something that matters, and this is what was decided: every mutation, every sign-in. It holds ids and
 * keyed hashes, never a name, an e-mail or an address, so that an account can be erased and the log stay.
 */
const audited = z.object({
  actor: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('anonymous') }),
    z.object({
      kind: z.enum(['user', 'service']),
      id: z.uuid(),
      /** The service that acts for the user. */
      actingServiceId: z.uuid().optional(),
      /** What the actor held at that moment, so that other policies can be tried on past decisions. */
      permissions: z.array(z.string()),
    }),
  ]),
  /** Named like the permission that it needs, `app:product:save`, or in the same form where it needs none. */
  action: z.string(),
  /** Without an id it is the collection as a whole. */
  resource: z.object({
    type: z.string(),
    id: z.string().optional(),
    attributes: z.record(z.string(), z.unknown()).optional(),
  }),
  outcome: z.enum(['allowed', 'denied', 'failed']),
  /** Which policies allowed or denied it. */
  policyIds: z.array(z.string()),
  /** Why it failed: a stable code, such as CREDENTIALS_WRONG. */
  reason: z.string().optional(),
})

export const appAuditRecordedV1 = defineEvent('neotool.app.audit-recorded.v1', 'audit', audited)
export const securityAuditRecordedV1 = defineEvent('neotool.security.audit-recorded.v1', 'audit', audited)
export const assistantAuditRecordedV1 = defineEvent('neotool.assistant.audit-recorded.v1', 'audit', audited)
export const assetsAuditRecordedV1 = defineEvent('neotool.assets.audit-recorded.v1', 'audit', audited)

/** The event of each service that has mutations; each has a topic of its own. */
export const auditEvents = {
  app: appAuditRecordedV1,
  security: securityAuditRecordedV1,
  assistant: assistantAuditRecordedV1,
  assets: assetsAuditRecordedV1,
} as const

export type AuditedService = keyof typeof auditEvents
export type Audited = DataOf<typeof appAuditRecordedV1>
