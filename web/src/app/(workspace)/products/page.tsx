import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Suspense } from 'react'
import { productsAddress } from '#features/products/list-address.ts'
import { ProductList } from '#features/products/product-list.tsx'
import { ProductsHeader } from '#features/products/products-header.tsx'
import { getViewerWith } from '#session/viewer.ts'
import { ListSkeleton } from '#ui/list/list-skeleton.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('products'))('title') })

export default async function Page({ searchParams }: PageProps<'/products'>) {
  const [viewer, parameters, t] = await Promise.all([
    getViewerWith('app:product:view'),
    searchParams,
    getTranslations('products'),
  ])
  const view = productsAddress.read(parameters)
  return (
    <>
      <ProductsHeader view={view} maySave={viewer.may('app:product:save')} />
      <Suspense fallback={<ListSkeleton label={t('loading')} />}>
        <ProductList view={view} viewer={viewer} />
      </Suspense>
    </>
  )
}
