import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Suspense } from 'react'
import { readListView } from '#features/products/list-address.ts'
import { ProductList } from '#features/products/product-list.tsx'
import { ProductListSkeleton } from '#features/products/product-list-skeleton.tsx'
import { ProductsHeader } from '#features/products/products-header.tsx'
import { getViewerWith } from '#session/viewer.ts'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('products'))('title') })

export default async function Page({ searchParams }: PageProps<'/products'>) {
  const [viewer, parameters] = await Promise.all([getViewerWith('app:product:view'), searchParams])
  const view = readListView(parameters)
  return (
    <>
      <ProductsHeader view={view} maySave={viewer.may('app:product:save')} />
      <Suspense fallback={<ProductListSkeleton />}>
        <ProductList view={view} viewer={viewer} />
      </Suspense>
    </>
  )
}
