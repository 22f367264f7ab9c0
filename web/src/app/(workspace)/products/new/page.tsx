import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { NewProductForm } from '#features/products/new-product-form.tsx'
import { ProductFrame } from '#features/products/product-frame.tsx'
import { getViewerWith } from '#session/viewer.ts'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('products'))('new') })

export default async function Page() {
  await getViewerWith('app:product:save')
  const t = await getTranslations('products')
  return (
    <ProductFrame title={t('new')} subtitle={t('newIntro')}>
      <NewProductForm />
    </ProductFrame>
  )
}
