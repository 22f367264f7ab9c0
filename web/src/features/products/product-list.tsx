import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { ProblemError } from '#gateway/problem.ts'
import { query } from '#session/query.ts'
import type { Viewer } from '#session/viewer.ts'
import { type ListView, listHref, listVariables, sortBy } from './list-address.ts'
import { formatPrice } from './money.ts'
import { ProductEmpty } from './product-empty.tsx'
import { productsQuery } from './product-operations.ts'
import { ProductPager } from './product-pager.tsx'
import { ProductTable } from './product-table.tsx'
import { SORTS } from './sorts.ts'

type Props = { readonly view: ListView; readonly viewer: Viewer }

/** One page of products with the links to its neighbours. */
export const ProductList = async ({ view, viewer }: Props) => {
  const { edges, pageInfo, totalCount } = await loadPage(view)
  const [t, locale] = await Promise.all([getTranslations('products'), getLocale()])
  const rows = edges.map(({ node }) => ({
    ...node,
    price: formatPrice(node.priceCents, locale),
    stockText: node.stock.toLocaleString(locale),
  }))
  const previous = pageInfo.hasPreviousPage && pageInfo.startCursor !== null ? pageInfo.startCursor : undefined
  const next = pageInfo.hasNextPage && pageInfo.endCursor !== null ? pageInfo.endCursor : undefined
  // The rows behind the cursor are gone: the list itself is still there.
  if (rows.length === 0 && view.cursor !== undefined) redirect(listHref({ ...view, cursor: undefined }))
  if (rows.length === 0) return <ProductEmpty search={view.search} maySave={viewer.may('app:product:save')} />
  return (
    <>
      <ProductTable
        rows={rows}
        caption={t('caption')}
        sort={view.sort}
        direction={view.direction}
        sortHrefs={Object.fromEntries(SORTS.map((sort) => [sort, listHref(sortBy(view, sort))]))}
        maySave={viewer.may('app:product:save')}
        mayDelete={viewer.may('app:product:delete')}
      />
      <ProductPager
        total={t('total', { count: totalCount })}
        previous={previous && listHref({ ...view, cursor: { before: previous } })}
        next={next && listHref({ ...view, cursor: { after: next } })}
      />
    </>
  )
}

const loadPage = async (view: ListView) => {
  try {
    return (await query(productsQuery, listVariables(view))).products
  } catch (error) {
    // A cursor from an old or edited address: the list itself is still there.
    const isInput = error instanceof ProblemError && error.problem.code === 'BAD_USER_INPUT'
    if (isInput && view.cursor !== undefined) redirect(listHref({ ...view, cursor: undefined }))
    throw error
  }
}
