'use client'

import { useTranslations } from 'next-intl'
import { FailureAlert } from '#ui/form/failure-alert.tsx'
import { useFormAction } from '#ui/form/use-form-action.ts'
import { CreateButtons } from '#ui/record/record-form.tsx'
import { CustomerFields } from './customer-fields.tsx'
import type { CustomerText } from './customer-input.ts'
import { type CustomerFormState, createCustomer } from './save-customer.ts'

const EMPTY: CustomerText = { name: '', email: '', status: 'PENDING' }

export const NewCustomerForm = () => {
  const t = useTranslations('customers')
  const { state, dispatch, isPending, form, ref } = useFormAction<CustomerText, CustomerFormState>(
    createCustomer,
    {},
    EMPTY,
  )
  return (
    <form action={dispatch} ref={ref} noValidate>
      <CustomerFields form={form}>
        <FailureAlert failure={state.failure} />
        <CreateButtons list="/customers" label={t('create')} isPending={isPending} />
      </CustomerFields>
    </form>
  )
}
