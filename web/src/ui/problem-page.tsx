'use client'

import { Button } from '@mantine/core'
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslations } from 'next-intl'
import { readDigest } from '#gateway/problem-digest.ts'
import { NoticePage } from './notice-page.tsx'

type Props = { readonly error: unknown; readonly retry: () => void }

/** What is shown in place of a page that failed on the server: an outage that passes, or a fault of ours. */
export const ProblemPage = ({ error, retry }: Props) => {
  const t = useTranslations('problem')
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined
  const known = readDigest(digest)
  const code = known?.code === 'TOO_MANY_REQUESTS' || known?.code === 'SERVICE_UNAVAILABLE' ? known.code : undefined
  return (
    <NoticePage
      icon={code === undefined ? <IconAlertTriangle size={28} /> : <IconPlugConnectedX size={28} />}
      title={t(`${code ?? 'INTERNAL_SERVER_ERROR'}.title`)}
      message={t(`${code ?? 'INTERNAL_SERVER_ERROR'}.message`)}
      // Any other error's digest stands in the log beside its trace id.
      traceId={known?.traceId ?? digest}
      primary={<Button onClick={retry}>{t('retry')}</Button>}
      home={{ href: '/', label: t('toStart') }}
    />
  )
}
