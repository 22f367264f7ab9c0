import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { withReturnPath } from '#session/return-path.ts'
import { readFlash } from '#ui/flash/set-flash.ts'
import { AccountCard } from './account-card.tsx'
import { SecondFactorForm } from './second-factor-form.tsx'
import { SignInForm } from './sign-in-form.tsx'

export const SignInPage = async ({ next, children }: { readonly next: string; readonly children?: ReactNode }) => {
  const [t, flash] = await Promise.all([getTranslations('signIn'), readFlash()])
  const other = { question: t('noAccount'), label: t('toSignUp'), href: withReturnPath('/sign-up', next) }
  if (flash?.kind === 'second-factor') {
    return (
      <AccountCard title={t('title')} intro={t('intro')} other={other}>
        <SecondFactorForm challenge={flash.challenge} next={next} />
      </AccountCard>
    )
  }
  const notice =
    flash === undefined || flash.kind === 'created'
      ? undefined
      : t(`notice.${flash.kind}`, { provider: '', reason: '', ...flash })
  return (
    <AccountCard title={t('title')} intro={t('intro')} other={other}>
      <SignInForm next={next} notice={notice} email={flash?.kind === 'signed-up' ? flash.email : ''} />
      {children}
    </AccountCard>
  )
}
