'use client'

import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslations } from 'next-intl'
import { TraceId } from '#ui/trace-id.tsx'
import type { Failure } from './form-state.ts'

/** Why a form could not be sent; a person's own mistake needs no trace id. */
export const FailureAlert = ({ failure }: { readonly failure: Failure | undefined }) => {
  const t = useTranslations('problem')
  if (failure === undefined) return null
  const isOurs = failure.code === 'SERVICE_UNAVAILABLE' || failure.code === 'INTERNAL_SERVER_ERROR'
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={t('formTitle')} role="alert">
      {failure.message}
      {isOurs && failure.traceId !== undefined && <TraceId traceId={failure.traceId} />}
    </Alert>
  )
}
