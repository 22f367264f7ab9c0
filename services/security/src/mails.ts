/**
 * The mails that security sends. None holds a word that a person typed: whoever signs up with somebody else's address
 * must not be able to write to them in our name.
 */
import type { MailKind } from '@neotool/contracts/events/security-mail'
import type { Mail } from './mailer.ts'
import { alreadyRegistered } from './mails/already-registered.ts'
import { factorMails } from './mails/factors.ts'
import { identityLinked } from './mails/identity-linked.ts'
import { passwordChanged } from './mails/password-changed.ts'
import { resetPassword } from './mails/reset-password.ts'
import { signInLocked } from './mails/sign-in-locked.ts'
import type { MailTemplate } from './mails/template.ts'
import { verifyEmail } from './mails/verify-email.ts'
import type { Locale } from './user.ts'

/** What each kind of mail says, and how often one may come. */
export const MAILS: Readonly<Record<MailKind, MailTemplate>> = {
  'verify-email': verifyEmail,
  'already-registered': alreadyRegistered,
  'reset-password': resetPassword,
  'password-changed': passwordChanged,
  'sign-in-locked': signInLocked,
  'identity-linked': identityLinked,
  ...factorMails,
}

/** A mail in the person's language, with its link, as text and as HTML. */
export const composeMail = (kind: MailKind, locale: Locale, link: URL): Omit<Mail, 'to'> => {
  const { subject, greeting, text, action, closing } = MAILS[kind].words[locale]
  return {
    subject,
    text: `${greeting}\n\n${text}\n\n${action}: ${link.href}\n\n${closing}\n`,
    html: `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:32px 16px;background:#f4f5f7;font-family:system-ui,sans-serif;color:#1f2430;line-height:1.5">
<div style="max-width:480px;margin:0 auto;padding:32px;background:#ffffff;border-radius:12px">
<p style="margin:0 0 16px;font-size:20px;font-weight:600">${escapeHtml(greeting)}</p>
<p style="margin:0 0 24px">${escapeHtml(text)}</p>
<p style="margin:0 0 24px"><a href="${escapeHtml(link.href)}" style="display:inline-block;padding:12px 20px;background:#0f6e5e;color:#ffffff;border-radius:8px;text-decoration:none;font-weight:600">${escapeHtml(action)}</a></p>
<p style="margin:0;font-size:14px;color:#5b6270">${escapeHtml(closing)}</p>
</div>
</body>
</html>
`,
  }
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
