import type { MailRequested } from '@neotool/contracts/events/security-mail'
import type { Tx } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import { newVerification } from '../email-verification.ts'
import type { EmailVerificationStore } from '../email-verification-store.ts'
import type { Mailer } from '../mailer.ts'
import { alreadyRegisteredMail, verifyEmailMail } from '../mails.ts'
import type { SentMailStore } from '../sent-mail-store.ts'
import { userId as parsedUserId } from '../user.ts'
import type { UserStore } from '../user-store.ts'

type Deps = {
  users: UserStore
  emailVerifications: EmailVerificationStore
  sentMails: SentMailStore
  mailer: Mailer
  webUrl: string
  now: () => Date
}

const MINUTE_MS = 60_000

// Anybody may sign up with somebody else's address again and again: its owner gets one mail of that, not a thousand.
const SHORTEST_PAUSE_MS: Readonly<Record<MailRequested['kind'], number>> = {
  'already-registered': 15 * MINUTE_MS,
  'verify-email': MINUTE_MS,
}

/**
 * Sends the mail that an event asks for; to an account that is gone, to verify what is verified, and
 * soon after a mail of the same kind, nothing is sent.
 *
 * The mail leaves before the transaction commits, so a crash between the two sends it again: at least once, never
 * silently not at all. A second one is harmless: its link replaces the first one's, whose hash was then never stored.
 */
export const sendRequestedMail =
  ({ users, emailVerifications, sentMails, mailer, webUrl, now }: Deps) =>
  async (tx: Tx<Tables>, { userId, kind }: MailRequested): Promise<void> => {
    const recipient = await users.findRecipient(tx, parsedUserId.parse(userId))
    if (recipient === undefined) return
    const { id, email, locale, isEmailVerified } = recipient
    if (kind === 'verify-email' && isEmailVerified) return
    const at = now()
    const notAfter = new Date(at.getTime() - SHORTEST_PAUSE_MS[kind])
    if (!(await sentMails.claim(tx, { userId: id, kind }, { now: at, notAfter }))) return
    switch (kind) {
      case 'already-registered':
        return mailer.send({ to: email, ...alreadyRegisteredMail(locale, new URL('/sign-in', webUrl)) })
      case 'verify-email': {
        const verification = newVerification(at)
        await emailVerifications.replace(tx, id, verification)
        const link = new URL('/verify-email', webUrl)
        link.searchParams.set('token', verification.token)
        return mailer.send({ to: email, ...verifyEmailMail(locale, link) })
      }
    }
  }
