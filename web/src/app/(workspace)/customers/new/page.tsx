import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { NewCustomerForm } from '#features/customers/new-customer-form.tsx'
import { getViewerWith } from '#session/viewer.ts'
import { RecordFrame } from '#ui/record/record-frame.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('customers'))('new') })

export default async function Page() {
  await getViewerWith('app:customer:save')
  const t = await getTranslations('customers')
  return (
    <RecordFrame list={{ href: '/customers', label: t('title') }} title={t('new')} subtitle={t('newIntro')}>
      <NewCustomerForm />
    </RecordFrame>
  )
}
