import { Stack } from '@mantine/core'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { RecentActivity } from '#features/activity/recent-activity.tsx'
import { ProductImages } from '#features/assets/product-images.tsx'
import { EditProductForm } from '#features/products/edit-product-form.tsx'
import { loadProduct } from '#features/products/load-product.ts'
import { getViewerWith } from '#session/viewer.ts'
import { RecordDates } from '#ui/record/record-dates.tsx'
import { RecordFrame } from '#ui/record/record-frame.tsx'

type Props = PageProps<'/products/[id]'>

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: (await loadProduct((await params).id)).name,
})

export default async function Page({ params }: Props) {
  const viewer = await getViewerWith('app:product:view')
  const [product, t] = await Promise.all([loadProduct((await params).id), getTranslations('products')])
  return (
    <Stack gap="xl" maw={640} mx="auto">
      <RecordFrame
        list={{ href: '/products', label: t('title') }}
        title={product.name}
        subtitle={<RecordDates record={product} />}
      >
        <EditProductForm
          key={product.id}
          product={product}
          maySave={viewer.may('app:product:save')}
          mayDelete={viewer.may('app:product:delete')}
        />
      </RecordFrame>
      {viewer.may('assets:asset:view') && <ProductImages productId={product.id} viewer={viewer} />}
      <RecentActivity productId={product.id} />
    </Stack>
  )
}
