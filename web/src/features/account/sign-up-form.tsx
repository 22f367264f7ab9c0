'use client'

import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useTranslations } from 'next-intl'
import { FailureAlert } from '#ui/form/failure-alert.tsx'
import { useFormAction } from '#ui/form/use-form-action.ts'
import { type SignUpState, signUp } from './sign-up.ts'

type Values = { displayName: string; email: string; password: string }

const EMPTY: Values = { displayName: '', email: '', password: '' }

export const SignUpForm = ({ next }: { readonly next: string }) => {
  const t = useTranslations('signUp')
  const { state, dispatch, isPending, form, ref } = useFormAction<Values, SignUpState>(signUp, {}, EMPTY)
  return (
    <form action={dispatch} ref={ref} noValidate>
      <Stack gap="md">
        <FailureAlert failure={state.failure} />
        <input type="hidden" name="next" value={next} />
        <TextInput
          {...form.getInputProps('displayName')}
          name="displayName"
          label={t('name')}
          autoComplete="name"
          autoFocus
          required
          size="md"
        />
        <TextInput
          {...form.getInputProps('email')}
          name="email"
          type="email"
          label={t('email')}
          autoComplete="username"
          required
          size="md"
        />
        <PasswordInput
          {...form.getInputProps('password')}
          name="password"
          label={t('password')}
          description={t('passwordHint')}
          autoComplete="new-password"
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
