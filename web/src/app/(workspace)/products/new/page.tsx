import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { NewProductForm } from '#features/products/new-product-form.tsx'
import { getViewerWith } from '#session/viewer.ts'
import { RecordFrame } from '#ui/record/record-frame.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('products'))('new') })

export default async function Page() {
  await getViewerWith('app:product:save')
  const t = await getTranslations('products')
  return (
    <RecordFrame list={{ href: '/products', label: t('title') }} title={t('new')} subtitle={t('newIntro')}>
      <NewProductForm />
    </RecordFrame>
  )
}
