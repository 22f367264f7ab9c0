'use client'

import { Alert, Button, Stack } from '@mantine/core'
import { IconCircleCheck, IconLinkOff } from '@tabler/icons-react'
import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { FailureAlert } from '#ui/form/failure-alert.tsx'
import { type VerifyEmailState, verifyEmail } from './verify-email.ts'

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
  if (result === 'invalid' || token === '') {
    return (
      <Alert color="red" variant="light" icon={<IconLinkOff aria-hidden />} title={t('invalid')} role="alert">
        {t('invalidText')}
      </Alert>
    )
  }
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
