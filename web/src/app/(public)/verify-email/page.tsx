import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AccountCard } from '#features/account/account-card.tsx'
import { VerifyEmailForm } from '#features/account/verify-email-form.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('verifyEmail'))('title'),
  robots: { index: false },
})

/** Where the link of the mail leads. Opening it changes nothing: programs that look into mails open links too. */
export default async function Page({ searchParams }: PageProps<'/verify-email'>) {
  const t = await getTranslations('verifyEmail')
  const { token } = await searchParams
  return (
    <AccountCard
      title={t('title')}
      intro={t('intro')}
      other={{ question: t('done'), label: t('toSignIn'), href: '/sign-in' }}
    >
      <VerifyEmailForm token={typeof token === 'string' ? token : ''} />
    </AccountCard>
  )
}
