'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { FailureAlert } from '#ui/form/failure-alert.tsx'
import { ConflictPanel } from '#ui/record/conflict-panel.tsx'
import { DeleteDialog } from '#ui/record/delete-dialog.tsx'
import { EditButtons, RecordGone } from '#ui/record/record-form.tsx'
import { useRecordForm } from '#ui/record/use-record-form.ts'
import { type Customer, type CustomerValues, FIELDS, STATUSES } from './customer.ts'
import { CustomerFields } from './customer-fields.tsx'
import type { CustomerText } from './customer-input.ts'
import { deleteCustomer } from './delete-customer.ts'
import { updateCustomer } from './save-customer.ts'

type Props = { readonly customer: Customer; readonly maySave: boolean; readonly mayDelete: boolean }

/** Changes a customer; when somebody else saved first, shows both and lets the person choose. */
export const EditCustomerForm = ({ customer, maySave, mayDelete }: Props) => {
  const t = useTranslations('customers')
  const router = useRouter()
  const [isDeleting, setDeleting] = useState(false)
  const { base, form, formProps, failure, isPending, isGone, conflict } = useRecordForm<
    CustomerText,
    CustomerValues,
    Customer
  >({ record: customer, fields: FIELDS, save: updateCustomer, toText, savedMessage: t('saved') })
  const show = (value: string | number) => {
    const status = STATUSES.find((candidate) => candidate === value)
    return status === undefined ? String(value) : t(`status.${status}`)
  }

  if (isGone) return <RecordGone title={t('gone')} list="/customers" />
  return (
    <>
      {conflict !== undefined && (
        <ConflictPanel
          {...conflict}
          title={t('conflict')}
          differences={conflict.differences.map(({ field, before, theirs, mine, isContested }) => ({
            label: t(`fields.${field}`),
            before: show(before),
            theirs: show(theirs),
            mine: show(mine),
            isContested,
          }))}
        />
      )}
      <form {...formProps}>
        <input type="hidden" name="id" value={base.id} />
        <input type="hidden" name="version" value={base.version} />
        <CustomerFields form={form} isReadOnly={!maySave}>
          <FailureAlert failure={failure} />
          <EditButtons
            list="/customers"
            maySave={maySave}
            isPending={isPending}
            onDelete={mayDelete ? () => setDeleting(true) : undefined}
          />
        </CustomerFields>
      </form>
      <DeleteDialog
        record={isDeleting ? base : undefined}
        remove={deleteCustomer}
        onClose={() => setDeleting(false)}
        onDeleted={() => router.push('/customers')}
      />
    </>
  )
}

const toText = ({ name, email, status }: CustomerValues): CustomerText => ({ name, email, status })
