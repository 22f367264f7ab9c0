'use client'

import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslations } from 'next-intl'
import { FailureAlert } from '#ui/form/failure-alert.tsx'
import { useFormAction } from '#ui/form/use-form-action.ts'
import { SecondFactorForm } from './second-factor-form.tsx'
import { type SignInState, signIn } from './sign-in.ts'

type Values = { email: string; password: string }

type Props = {
  readonly next: string
  readonly notice: string | undefined
  /** Filled in after signing up. */
  readonly email: string
}

export const SignInForm = ({ next, notice, email }: Props) => {
  const t = useTranslations('signIn')
  const { state, dispatch, isPending, form, ref } = useFormAction<Values, SignInState>(
    signIn,
    {},
    { email, password: '' },
  )
  if (state.challenge !== undefined) return <SecondFactorForm challenge={state.challenge} next={next} />
  return (
    <form action={dispatch} ref={ref} noValidate>
      <Stack gap="md">
        {notice !== undefined && state.failure === undefined && (
          <Alert icon={<IconInfoCircle aria-hidden />} role="status">
            {notice}
          </Alert>
        )}
        <FailureAlert failure={state.failure} />
        <input type="hidden" name="next" value={next} />
        <TextInput
          {...form.getInputProps('email')}
          name="email"
          type="email"
          label={t('email')}
          autoComplete="username"
          autoFocus={email === ''}
          required
          size="md"
        />
        <PasswordInput
          {...form.getInputProps('password')}
          name="password"
          label={t('password')}
          autoComplete="current-password"
          autoFocus={email !== ''}
          required
          size="md"
          visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
        />
        <Button type="submit" loading={isPending} size="md" fullWidth mt={4}>
          {t('submit')}
        </Button>
      </Stack>
    </form>
  )
}
