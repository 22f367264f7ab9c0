import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { EditCustomerForm } from '#features/customers/edit-customer-form.tsx'
import { loadCustomer } from '#features/customers/load-customer.ts'
import { getViewerWith } from '#session/viewer.ts'
import { RecordDates } from '#ui/record/record-dates.tsx'
import { RecordFrame } from '#ui/record/record-frame.tsx'

type Props = PageProps<'/customers/[id]'>

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: (await loadCustomer((await params).id)).name,
})

export default async function Page({ params }: Props) {
  const viewer = await getViewerWith('app:customer:view')
  const [customer, t] = await Promise.all([loadCustomer((await params).id), getTranslations('customers')])
  return (
    <RecordFrame
      list={{ href: '/customers', label: t('title') }}
      title={customer.name}
      subtitle={<RecordDates record={customer} />}
    >
      <EditCustomerForm
        key={customer.id}
        customer={customer}
        maySave={viewer.may('app:customer:save')}
        mayDelete={viewer.may('app:customer:delete')}
      />
    </RecordFrame>
  )
}
