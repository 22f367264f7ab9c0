import { z } from 'zod'
import { type DataOf, defineEvent } from './event.ts'

const mailKind = z.enum([
  'verify-email',
  'already-registered',
  'reset-password',
  'password-changed',
  'sign-in-locked',
  'identity-linked',
  'totp-added',
  'totp-removed',
  'passkey-added',
  'passkey-removed',
  'recovery-codes-replaced',
  'recovery-code-used',
  'codes-locked',
])
export type MailKind = z.output<typeof mailKind>

/**
 * A mail is to be sent: to whom and of what kind, nothing more. Whoever sends it looks the address up and makes the link's
 * token then, so that neither is in an outbox, a topic or a log.
 */
export const mailRequestedV1 = defineEvent(
  'neotool.security.mail-requested.v1',
  'mail',
  z.object({ userId: z.uuid(), kind: mailKind }),
)

export type MailRequested = DataOf<typeof mailRequestedV1>
