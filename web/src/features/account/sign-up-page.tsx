import { getTranslations } from 'next-intl/server'
import { withReturnPath } from '#session/return-path.ts'
import { AccountCard } from './account-card.tsx'
import { SignUpForm } from './sign-up-form.tsx'

export const SignUpPage = async ({ next }: { readonly next: string }) => {
  const t = await getTranslations('signUp')
  return (
    <AccountCard
      title={t('title')}
      intro={t('intro')}
      other={{ question: t('haveAccount'), label: t('toSignIn'), href: withReturnPath('/sign-in', next) }}
    >
      <SignUpForm next={next} />
    </AccountCard>
  )
}
