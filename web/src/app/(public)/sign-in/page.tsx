import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { SignInPage } from '#features/account/sign-in-page.tsx'
import { ProviderButtons } from '#features/oauth/provider-buttons.tsx'
import { returnPath } from '#session/return-path.ts'
import { findPresence } from '#session/viewer.ts'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('signIn'))('title') })

export default async function Page({ searchParams }: PageProps<'/sign-in'>) {
  const next = returnPath((await searchParams).next)
  if ((await findPresence()).status === 'signed-in') redirect(next)
  return (
    <SignInPage next={next}>
      <ProviderButtons next={next} />
    </SignInPage>
  )
}
