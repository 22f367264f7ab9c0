import { type MailTemplate, MINUTE_MS } from './template.ts'

/** Tells the owner of an account that somebody tried to sign up with its e-mail. */
export const alreadyRegistered: MailTemplate = {
  path: '/sign-in',
  // Anybody may sign up with somebody else's address again and again: its owner gets one mail of that, not a thousand.
  shortestPauseMs: 15 * MINUTE_MS,
  words: {
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
  },
}
