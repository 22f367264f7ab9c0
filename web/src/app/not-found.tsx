import { getTranslations } from 'next-intl/server'
import { NotFoundPage } from '#ui/not-found-page.tsx'
import { PlainShell } from '#ui/shell/plain-shell.tsx'

export default async function NotFound() {
  const t = await getTranslations('shell')
  return (
    <PlainShell homeLabel={t('home')}>
      <NotFoundPage />
    </PlainShell>
  )
}
