'use client'

import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useTranslations } from 'next-intl'
import { FailureAlert } from '#ui/form/failure-alert.tsx'
import { useFormAction } from '#ui/form/use-form-action.ts'
import { type CompleteSignInState, completeSignIn } from './complete-sign-in.ts'

type Props = { readonly challenge: string; readonly next: string }

/** What follows the password where a second factor is on. */
export const SecondFactorForm = ({ challenge, next }: Props) => {
  const t = useTranslations('signIn')
  const { state, dispatch, isPending, form, ref } = useFormAction<{ code: string }, CompleteSignInState>(
    completeSignIn,
    {},
    { code: '' },
  )
  if (state.isOver) {
    return (
      <Stack gap="md">
        <FailureAlert failure={state.failure} />
        {/* A plain link: the page has to begin anew. */}
        <Button component="a" href={`/sign-in?next=${encodeURIComponent(next)}`} size="md" fullWidth>
          {t('beginAgain')}
        </Button>
      </Stack>
    )
  }
  return (
    <form action={dispatch} ref={ref} noValidate>
      <Stack gap="md">
        <Text role="status">{t('secondFactor')}</Text>
        <FailureAlert failure={state.failure} />
        <input type="hidden" name="challenge" value={challenge} />
        <input type="hidden" name="next" value={next} />
        <TextInput
          {...form.getInputProps('code')}
          name="code"
          label={t('code')}
          description={t('codeHint')}
          autoComplete="one-time-code"
          autoCapitalize="none"
          autoFocus
          required
          size="md"
        />
        <Button type="submit" loading={isPending} size="md" fullWidth>
          {t('submit')}
        </Button>
      </Stack>
    </form>
  )
}
