/** What the owner of an account is told when its factors change: a thief who changes one must not go unnoticed. */
import type { MailKind } from '@neotool/contracts/events/security-mail'
import type { Locale } from '../user.ts'
import type { MailTemplate, MailWords } from './template.ts'

/** What all of them begin and end with. */
const FRAME: Record<Locale, Pick<MailWords, 'greeting' | 'action' | 'closing'>> = {
  en: {
    greeting: 'The security of your account has changed.',
    action: 'Sign in',
    closing:
      'If it was not you, somebody knows your password: sign in, change it, and look at what can open your account.',
  },
  pt: {
    greeting: 'A segurança da sua conta mudou.',
    action: 'Entrar',
    closing: 'Se não foi você, alguém sabe a sua senha: entre, troque-a e veja o que pode abrir a sua conta.',
  },
}

const told = (what: Record<Locale, Pick<MailWords, 'subject' | 'text'>>): MailTemplate => ({
  path: '/sign-in',
  // Only the owner, or a thief, can cause one: each is told.
  shortestPauseMs: 0,
  words: { en: { ...FRAME.en, ...what.en }, pt: { ...FRAME.pt, ...what.pt } },
})

/** The mails about second factors. */
export const factorMails = {
  'totp-added': told({
    en: {
      subject: 'Codes of an app are on',
      text: 'From now on, signing in to your account asks for a code of an authenticator app too.',
    },
    pt: {
      subject: 'Os códigos de um aplicativo estão ativos',
      text: 'De agora em diante, entrar na sua conta pede também um código de um aplicativo autenticador.',
    },
  }),
  'totp-removed': told({
    en: {
      subject: 'Codes of an app are off',
      text: 'Signing in to your account does not ask for a code of an authenticator app any more.',
    },
    pt: {
      subject: 'Os códigos de um aplicativo foram desativados',
      text: 'Entrar na sua conta não pede mais um código de um aplicativo autenticador.',
    },
  }),
  'passkey-added': told({
    en: { subject: 'A passkey was added', text: 'Your account has a new passkey, with which one can sign in to it.' },
    pt: {
      subject: 'Uma chave de acesso foi adicionada',
      text: 'A sua conta tem uma nova chave de acesso, com a qual se pode entrar nela.',
    },
  }),
  'passkey-removed': told({
    en: { subject: 'A passkey was removed', text: 'One of the passkeys of your account does not open it any more.' },
    pt: {
      subject: 'Uma chave de acesso foi removida',
      text: 'Uma das chaves de acesso da sua conta não a abre mais.',
    },
  }),
  'recovery-codes-replaced': told({
    en: { subject: 'New recovery codes', text: 'Your account has new recovery codes. The former ones are void.' },
    pt: {
      subject: 'Novos códigos de recuperação',
      text: 'A sua conta tem novos códigos de recuperação. Os anteriores não valem mais.',
    },
  }),
  'recovery-code-used': told({
    en: {
      subject: 'A recovery code was used',
      text: 'Somebody signed in to your account with your password and one of its recovery codes. That code is void now.',
    },
    pt: {
      subject: 'Um código de recuperação foi usado',
      text: 'Alguém entrou na sua conta com a sua senha e um dos códigos de recuperação. Esse código não vale mais.',
    },
  }),
  'codes-locked': told({
    en: {
      subject: 'Too many wrong codes',
      text: 'Somebody gave wrong codes for your account again and again. Codes are not looked at for a while; recovery codes and passkeys still work.',
    },
    pt: {
      subject: 'Códigos errados demais',
      text: 'Alguém informou códigos errados para a sua conta repetidas vezes. Por algum tempo os códigos não são aceitos; códigos de recuperação e chaves de acesso continuam valendo.',
    },
  }),
} as const satisfies { readonly [Kind in MailKind]?: MailTemplate }
