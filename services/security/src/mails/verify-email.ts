import { type MailTemplate, MINUTE_MS } from './template.ts'

/** Asks the person to follow a link that shows that the e-mail is theirs. */
export const verifyEmail: MailTemplate = {
  path: '/verify-email',
  shortestPauseMs: MINUTE_MS,
  words: {
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
  },
}
