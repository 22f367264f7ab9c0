import { Stack } from '@mantine/core'
import type { Metadata } from 'next'
import { RecentActivity } from '#features/activity/recent-activity.tsx'
import { EditProductForm } from '#features/products/edit-product-form.tsx'
import { loadProduct } from '#features/products/load-product.ts'
import { ProductFrame } from '#features/products/product-frame.tsx'
import { ProductHistory } from '#features/products/product-history.tsx'
import { getViewerWith } from '#session/viewer.ts'

type Props = PageProps<'/products/[id]'>

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: (await loadProduct((await params).id)).name,
})

export default async function Page({ params }: Props) {
  const viewer = await getViewerWith('app:product:view')
  const product = await loadProduct((await params).id)
  return (
    <Stack gap="xl" maw={640} mx="auto">
      <ProductFrame title={product.name} subtitle={<ProductHistory product={product} />}>
        <EditProductForm
          key={product.id}
          product={product}
          maySave={viewer.may('app:product:save')}
          mayDelete={viewer.may('app:product:delete')}
        />
      </ProductFrame>
      <RecentActivity productId={product.id} />
    </Stack>
  )
}
