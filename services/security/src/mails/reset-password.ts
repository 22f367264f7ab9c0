import { type MailTemplate, MINUTE_MS } from './template.ts'

/** Gives the owner of an account a link by which a new password can be set. */
export const resetPassword: MailTemplate = {
  path: '/reset-password',
  // As with sign-up: anybody may ask for it with any address.
  shortestPauseMs: 5 * MINUTE_MS,
  words: {
    en: {
      subject: 'Set a new password',
      greeting: 'Somebody, probably you, asked for a new password.',
      text: 'Follow the link within one hour to set it. All devices that are signed in will be signed out.',
      action: 'Set a new password',
      closing: 'If it was not you, do nothing: your password stays as it is.',
    },
    pt: {
      subject: 'Defina uma nova senha',
      greeting: 'Alguém, provavelmente você, pediu uma nova senha.',
      text: 'Siga o link dentro de uma hora para defini-la. Todos os dispositivos conectados serão desconectados.',
      action: 'Definir nova senha',
      closing: 'Se não foi você, não faça nada: a sua senha continua a mesma.',
    },
  },
}
