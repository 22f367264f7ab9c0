'use client'

import { NativeSelect, Stack, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { STATUSES } from './customer.ts'
import type { CustomerText } from './customer-input.ts'

type Props = {
  readonly form: UseFormReturnType<CustomerText>
  readonly isReadOnly?: boolean
  readonly children?: ReactNode
}

/** The fields of a customer. */
export const CustomerFields = ({ form, isReadOnly = false, children }: Props) => {
  const t = useTranslations('customers')
  const common = { required: !isReadOnly, readOnly: isReadOnly, autoComplete: 'off' }
  return (
    <Stack gap="md">
      <TextInput {...form.getInputProps('name')} {...common} name="name" label={t('fields.name')} maxLength={200} />
      <TextInput
        {...form.getInputProps('email')}
        {...common}
        name="email"
        label={t('fields.email')}
        type="email"
        maxLength={254}
      />
      <NativeSelect
        {...form.getInputProps('status')}
        name="status"
        label={t('fields.status')}
        disabled={isReadOnly}
        data={STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) }))}
      />
      {children}
    </Stack>
  )
}
