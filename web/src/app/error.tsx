'use client'

import { useTranslations } from 'next-intl'
import { ProblemPage } from '#ui/problem-page.tsx'
import { PlainShell } from '#ui/shell/plain-shell.tsx'

type Props = { readonly error: unknown; readonly retry: () => void }

export default function ErrorPage({ error, retry }: Props) {
  const t = useTranslations('shell')
  return (
    <PlainShell homeLabel={t('home')}>
      <ProblemPage error={error} retry={retry} />
    </PlainShell>
  )
}
