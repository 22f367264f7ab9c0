import { IconLock } from '@tabler/icons-react'
import { getTranslations } from 'next-intl/server'
import { requestTraceId } from '#request/request-headers.ts'
import { NoticePage } from './notice-page.tsx'

/** The 403 state: signed in, but without the permission. */
export const ForbiddenPage = async () => {
  const t = await getTranslations('problem')
  return (
    <NoticePage
      icon={<IconLock size={28} />}
      title={t('FORBIDDEN.title')}
      message={t('FORBIDDEN.message')}
      traceId={await requestTraceId()}
      home={{ href: '/', label: t('toStart') }}
    />
  )
}
