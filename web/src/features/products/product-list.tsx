import { IconBox } from '@tabler/icons-react'
import { getLocale, getTranslations } from 'next-intl/server'
import { present } from '#gateway/present.ts'
import { query } from '#session/query.ts'
import type { Viewer } from '#session/viewer.ts'
import { neighbours } from '#ui/list/cursor.ts'
import { NoMatch, NothingYet } from '#ui/list/list-empty.tsx'
import { loadPage } from '#ui/list/load-page.ts'
import { Pager } from '#ui/list/pager.tsx'
import { type ListView, listVariables, productsAddress } from './list-address.ts'
import { formatPrice } from './money.ts'
import { productsQuery } from './product-operations.ts'
import { ProductTable } from './product-table.tsx'
import { SORTS } from './sorts.ts'

type Props = { readonly view: ListView; readonly viewer: Viewer }

const { href, sortBy } = productsAddress

/** One page of products with the links to its neighbours. */
export const ProductList = async ({ view, viewer }: Props) => {
  const load = async () => present((await query(productsQuery, listVariables(view))).products)
  const { edges, pageInfo, totalCount } = await loadPage(load, view.cursor, href({ ...view, cursor: undefined }))
  const [t, locale] = await Promise.all([getTranslations('products'), getLocale()])
  const maySave = viewer.may('app:product:save')
  if (edges.length === 0 && view.search !== '')
    return (
      <NoMatch
        text={t('empty.noMatch', { search: view.search })}
        clear={{ href: '/products', label: t('empty.clear') }}
      />
    )
  if (edges.length === 0)
    return (
      <NothingYet
        icon={<IconBox size={28} aria-hidden />}
        title={t('empty.title')}
        text={t(maySave ? 'empty.text' : 'empty.textReadOnly')}
        add={maySave ? { href: '/products/new', label: t('empty.create') } : undefined}
      />
    )
  const rows = edges.map(({ node }) => ({
    ...node,
    price: formatPrice(node.priceCents, locale),
    stockText: node.stock.toLocaleString(locale),
  }))
  const { previous, next } = neighbours(pageInfo)
  return (
    <>
      <ProductTable
        rows={rows}
        columns={SORTS.map((name) => ({ name, label: t(`columns.${name}`), href: href(sortBy(view, name)) }))}
        sort={view.sort}
        direction={view.direction}
        maySave={maySave}
        mayDelete={viewer.may('app:product:delete')}
      />
      <Pager
        total={t('total', { count: totalCount })}
        previous={previous && href({ ...view, cursor: previous })}
        next={next && href({ ...view, cursor: next })}
      />
    </>
  )
}
