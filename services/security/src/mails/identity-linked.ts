import type { MailTemplate } from './template.ts'

/** Tells the owner of an account that they can sign in by another provider too. */
export const identityLinked: MailTemplate = {
  path: '/sign-in',
  // Each link is told: the one that matters may come right after the owner's own.
  shortestPauseMs: 0,
  words: {
    en: {
      subject: 'Another way to sign in was added',
      greeting: 'Another way to sign in was added to your account.',
      text: 'From now on an account at another provider signs in to yours too. If it was you, there is nothing to do.',
      action: 'Sign in',
      closing: 'If it was not you, sign in, remove it, and change your password.',
    },
    pt: {
      subject: 'Uma nova forma de entrar foi adicionada',
      greeting: 'Uma nova forma de entrar foi adicionada à sua conta.',
      text: 'A partir de agora, uma conta em outro provedor também entra na sua. Se foi você, não há nada a fazer.',
      action: 'Entrar',
      closing: 'Se não foi você, entre, remova-a e altere a sua senha.',
    },
  },
}
