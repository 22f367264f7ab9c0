'use client'

import { Alert, Button, Stack } from '@mantine/core'
import { IconCircleCheck, IconLinkOff, IconMail } from '@tabler/icons-react'
import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { FailureAlert } from '#ui/form/failure-alert.tsx'
import { type RequestLinkState, requestLink, type VerifyEmailState, verifyEmail } from './verify-email.ts'

const FIRST: VerifyEmailState = { result: 'open' }

export const VerifyEmailForm = ({ token }: { readonly token: string }) => {
  const t = useTranslations('verifyEmail')
  const [{ result, failure }, dispatch, isPending] = useActionState(verifyEmail, FIRST)
  if (result === 'verified') {
    return (
      <Alert icon={<IconCircleCheck aria-hidden />} title={t('verified')} role="status">
        {t('verifiedText')}
      </Alert>
    )
  }
  if (result === 'invalid' || token === '') return <NewLink />
  return (
    <form action={dispatch}>
      <Stack gap="md">
        <FailureAlert failure={failure} />
        <input type="hidden" name="token" value={token} />
        <Button type="submit" loading={isPending} size="md" fullWidth>
          {t('submit')}
        </Button>
      </Stack>
    </form>
  )
}

const NOT_SENT: RequestLinkState = { isSent: false }

/** For whoever comes too late, or with an older link. */
const NewLink = () => {
  const t = useTranslations('verifyEmail')
  const [{ isSent, failure }, dispatch, isPending] = useActionState(requestLink, NOT_SENT)
  if (isSent) {
    return (
      <Alert icon={<IconMail aria-hidden />} title={t('requested')} role="status">
        {t('requestedText')}
      </Alert>
    )
  }
  return (
    <form action={dispatch}>
      <Stack gap="md">
        <Alert color="red" variant="light" icon={<IconLinkOff aria-hidden />} title={t('invalid')} role="alert">
          {t('invalidText')}
        </Alert>
        <FailureAlert failure={failure} />
        <Button type="submit" loading={isPending} size="md" fullWidth>
          {t('request')}
        </Button>
      </Stack>
    </form>
  )
}
