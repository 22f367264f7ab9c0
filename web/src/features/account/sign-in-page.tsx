import { getTranslations } from 'next-intl/server'
import { withReturnPath } from '#session/return-path.ts'
import { readFlash } from '#ui/flash/set-flash.ts'
import { AccountCard } from './account-card.tsx'
import { SignInForm } from './sign-in-form.tsx'

export const SignInPage = async ({ next }: { readonly next: string }) => {
  const [t, flash] = await Promise.all([getTranslations('signIn'), readFlash()])
  const notice = flash === undefined || flash.kind === 'created' ? undefined : t(`notice.${flash.kind}`)
  return (
    <AccountCard
      title={t('title')}
      intro={t('intro')}
      other={{ question: t('noAccount'), label: t('toSignUp'), href: withReturnPath('/sign-up', next) }}
    >
      <SignInForm next={next} notice={notice} email={flash?.kind === 'signed-up' ? flash.email : ''} />
    </AccountCard>
  )
}
