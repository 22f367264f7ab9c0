import { type MailRequested, mailRequestedV1 } from '@neotool/contracts/events/security-mail'
import type { Audit } from '@neotool/kit/audit'
import { addEvent } from '@neotool/kit/events/outbox'
import type { Tx } from '@neotool/kit/postgres'
import type { Trace } from '@neotool/kit/telemetry'
import type { Owner } from './change-factors.ts'
import type { Tables } from './database.ts'

/** Writes down that a factor changed, and has its owner told: a thief who adds one must not go unnoticed. */
export const noteFactor = async (
  tx: Tx<Tables>,
  audit: Audit,
  { actor, userId }: Owner,
  change: { readonly action: string; readonly mail: MailRequested['kind'] },
  trace: Trace,
): Promise<void> => {
  const resource = { type: 'User', id: userId }
  await audit.record(tx, { actor, action: change.action, resource, outcome: 'allowed' }, trace)
  await addEvent(tx, mailRequestedV1, { subject: userId, data: { userId, kind: change.mail }, trace })
}
