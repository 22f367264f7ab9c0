import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Suspense } from 'react'
import { CustomerList } from '#features/customers/customer-list.tsx'
import { CustomersHeader } from '#features/customers/customers-header.tsx'
import { customersAddress } from '#features/customers/list-address.ts'
import { getViewerWith } from '#session/viewer.ts'
import { ListSkeleton } from '#ui/list/list-skeleton.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('customers'))('title'),
})

export default async function Page({ searchParams }: PageProps<'/customers'>) {
  const [viewer, parameters, t] = await Promise.all([
    getViewerWith('app:customer:view'),
    searchParams,
    getTranslations('customers'),
  ])
  const view = customersAddress.read(parameters)
  return (
    <>
      <CustomersHeader view={view} maySave={viewer.may('app:customer:save')} />
      <Suspense fallback={<ListSkeleton label={t('loading')} />}>
        <CustomerList view={view} viewer={viewer} />
      </Suspense>
    </>
  )
}
