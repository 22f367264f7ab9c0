/**
 * The mails that security sends. None holds a word that a person typed: whoever signs up with somebody else's address
 * must not be able to write to them in our name.
 */
import type { Mail } from './mailer.ts'
import type { Locale } from './user.ts'

type Words = {
  readonly subject: string
  readonly greeting: string
  readonly text: string
  readonly action: string
  readonly closing: string
}

const VERIFY_EMAIL: Record<Locale, Words> = {
  en: {
    subject: 'Verify your e-mail',
    greeting: 'Welcome to Neotool.',
    text: 'Somebody, probably you, opened an account with this e-mail. Follow the link within eight hours to show that it is yours.',
    action: 'Verify e-mail',
    closing: 'If it was not you, do nothing: without the link nobody can show that this e-mail is theirs.',
  },
  pt: {
    subject: 'Confirme o seu e-mail',
    greeting: 'Bem-vindo ao Neotool.',
    text: 'Alguém, provavelmente você, abriu uma conta com este e-mail. Siga o link dentro de oito horas para mostrar que ele é seu.',
    action: 'Confirmar e-mail',
    closing: 'Se não foi você, não faça nada: sem o link ninguém pode mostrar que este e-mail é seu.',
  },
}

const ALREADY_REGISTERED: Record<Locale, Words> = {
  en: {
    subject: 'You already have an account',
    greeting: 'Somebody tried to open an account with this e-mail.',
    text: 'There is one already, and nothing about it has changed. If it was you, sign in instead.',
    action: 'Sign in',
    closing: 'If it was not you, do nothing: whoever it was did not learn that you have an account.',
  },
  pt: {
    subject: 'Você já tem uma conta',
    greeting: 'Alguém tentou abrir uma conta com este e-mail.',
    text: 'Já existe uma, e nada mudou nela. Se foi você, basta entrar.',
    action: 'Entrar',
    closing: 'Se não foi você, não faça nada: quem tentou não ficou sabendo que você tem uma conta.',
  },
}

type Content = Omit<Mail, 'to'>

/** Asks the person to follow a link that shows that the e-mail is theirs. */
export const verifyEmailMail = (locale: Locale, link: URL): Content => compose(locale, VERIFY_EMAIL[locale], link)

/** Tells the owner of an account that somebody tried to sign up with its e-mail. */
export const alreadyRegisteredMail = (locale: Locale, link: URL): Content =>
  compose(locale, ALREADY_REGISTERED[locale], link)

const compose = (locale: Locale, { subject, greeting, text, action, closing }: Words, link: URL): Content => ({
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
})

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
