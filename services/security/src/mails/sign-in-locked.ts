import { type MailTemplate, MINUTE_MS } from './template.ts'

/** Tells the owner of an account that wrong passwords have begun to make somebody wait. */
export const signInLocked: MailTemplate = {
  path: '/sign-in',
  // Whoever guesses for weeks must not fill the mailbox of who they guess at.
  shortestPauseMs: 24 * 60 * MINUTE_MS,
  words: {
    en: {
      subject: 'Somebody tried to sign in to your account',
      greeting: 'Several passwords for your account were wrong.',
      text: 'Nobody got in, and we make whoever it is wait longer after each wrong password. Where they try elsewhere, you can still sign in from where you have signed in before.',
      action: 'Sign in',
      closing:
        'If it was you, wait a little and try again. If it was not, you need do nothing, unless others may know your password: then choose a new one.',
    },
    pt: {
      subject: 'Alguém tentou entrar na sua conta',
      greeting: 'Várias senhas para a sua conta estavam erradas.',
      text: 'Ninguém entrou, e quem tenta espera mais tempo depois de cada senha errada. Se tentam de outro lugar, você continua podendo entrar de onde já entrou antes.',
      action: 'Entrar',
      closing:
        'Se foi você, espere um pouco e tente de novo. Se não foi, não precisa fazer nada, a não ser que outros possam conhecer a sua senha: então escolha outra.',
    },
  },
}
