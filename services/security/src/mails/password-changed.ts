import type { MailTemplate } from './template.ts'

/** Tells the owner of an account that it has a new password. */
export const passwordChanged: MailTemplate = {
  path: '/sign-in',
  // Each change is told: the one that matters may come right after the owner's own.
  shortestPauseMs: 0,
  words: {
    en: {
      subject: 'Your password was changed',
      greeting: 'The password of your account was changed.',
      text: 'All other devices were signed out. If it was you, there is nothing to do.',
      action: 'Sign in',
      closing:
        'If it was not you, ask for a new password at once on the page where you sign in, and look through your mailbox for strangers too.',
    },
    pt: {
      subject: 'A sua senha foi alterada',
      greeting: 'A senha da sua conta foi alterada.',
      text: 'Todos os outros dispositivos foram desconectados. Se foi você, não há nada a fazer.',
      action: 'Entrar',
      closing:
        'Se não foi você, peça já uma nova senha na página de entrada e verifique também quem acessa o seu e-mail.',
    },
  },
}
