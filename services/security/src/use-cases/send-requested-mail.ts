import type { MailKind, MailRequested } from '@neotool/contracts/events/security-mail'
import type { Tx } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import { newVerification } from '../email-verification.ts'
import type { LinkToken, NewLinkToken } from '../link-token.ts'
import type { LinkTokenStore } from '../link-token-store.ts'
import type { Mailer } from '../mailer.ts'
import { composeMail, MAILS } from '../mails.ts'
import { newPasswordReset } from '../password-reset.ts'
import type { SentMailStore } from '../sent-mail-store.ts'
import { userId as parsedUserId, type UserId } from '../user.ts'
import type { UserStore } from '../user-store.ts'

type Deps = {
  users: UserStore
  emailVerifications: LinkTokenStore
  passwordResets: LinkTokenStore
  sentMails: SentMailStore
  mailer: Mailer
  webUrl: string
  now: () => Date
}

/**
 * Sends the mail that an event asks for; to an account that is gone, to verify what is verified, and
 * soon after a mail of the same kind, nothing is sent.
 *
 * The mail leaves before the transaction commits, so a crash between the two sends it again: at least once, never
 * silently not at all. A second one is harmless: its link replaces the first one's, whose hash was then never stored.
 */
export const sendRequestedMail = ({
  users,
  emailVerifications,
  passwordResets,
  sentMails,
  mailer,
  webUrl,
  now,
}: Deps) => {
  const keep = async (tx: Tx<Tables>, store: LinkTokenStore, userId: UserId, made: NewLinkToken) => {
    await store.replace(tx, userId, made)
    return made.token
  }
  const newTokenOf = async (tx: Tx<Tables>, kind: MailKind, userId: UserId): Promise<LinkToken | undefined> => {
    if (kind === 'verify-email') return keep(tx, emailVerifications, userId, newVerification(now()))
    if (kind === 'reset-password') return keep(tx, passwordResets, userId, newPasswordReset(now()))
    return undefined
  }

  return async (tx: Tx<Tables>, { userId, kind }: MailRequested): Promise<void> => {
    const recipient = await users.find(tx, parsedUserId.parse(userId))
    if (recipient === undefined) return
    const { id, email, locale, isEmailVerified } = recipient
    if (kind === 'verify-email' && isEmailVerified) return
    const { path, shortestPauseMs } = MAILS[kind]
    const at = now()
    const notAfter = new Date(at.getTime() - shortestPauseMs)
    if (!(await sentMails.claim(tx, { userId: id, kind }, { now: at, notAfter }))) return
    const link = new URL(path, webUrl)
    const token = await newTokenOf(tx, kind, id)
    if (token !== undefined) link.searchParams.set('token', token)
    await mailer.send({ to: email, ...composeMail(kind, locale, link) })
  }
}
