import { IconMapPinOff } from '@tabler/icons-react'
import { getTranslations } from 'next-intl/server'
import { requestTraceId } from '#request/request-headers.ts'
import { NoticePage } from './notice-page.tsx'

export const NotFoundPage = async () => {
  const t = await getTranslations('problem')
  return (
    <NoticePage
      icon={<IconMapPinOff size={28} />}
      title={t('NOT_FOUND.title')}
      message={t('NOT_FOUND.message')}
      traceId={await requestTraceId()}
      home={{ href: '/', label: t('toStart') }}
    />
  )
}
