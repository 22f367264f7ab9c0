import { IconUsers } from '@tabler/icons-react'
import { getTranslations } from 'next-intl/server'
import { present } from '#gateway/present.ts'
import { query } from '#session/query.ts'
import type { Viewer } from '#session/viewer.ts'
import { neighbours } from '#ui/list/cursor.ts'
import { NoMatch, NothingYet } from '#ui/list/list-empty.tsx'
import { loadPage } from '#ui/list/load-page.ts'
import { Pager } from '#ui/list/pager.tsx'
import { customersQuery } from './customer-operations.ts'
import { CustomerTable } from './customer-table.tsx'
import { customersAddress, type ListView, listVariables } from './list-address.ts'
import { SORTS } from './sorts.ts'

type Props = { readonly view: ListView; readonly viewer: Viewer }

const { href, sortBy } = customersAddress

/** One page of customers with the links to its neighbours. */
export const CustomerList = async ({ view, viewer }: Props) => {
  const load = async () => present((await query(customersQuery, listVariables(view))).customers)
  const { edges, pageInfo, totalCount } = await loadPage(load, view.cursor, href({ ...view, cursor: undefined }))
  const t = await getTranslations('customers')
  const maySave = viewer.may('app:customer:save')
  if (edges.length === 0 && view.search !== '')
    return (
      <NoMatch
        text={t('empty.noMatch', { search: view.search })}
        clear={{ href: '/customers', label: t('empty.clear') }}
      />
    )
  if (edges.length === 0)
    return (
      <NothingYet
        icon={<IconUsers size={28} aria-hidden />}
        title={t('empty.title')}
        text={t(maySave ? 'empty.text' : 'empty.textReadOnly')}
        add={maySave ? { href: '/customers/new', label: t('empty.create') } : undefined}
      />
    )
  const { previous, next } = neighbours(pageInfo)
  return (
    <>
      <CustomerTable
        rows={edges.map(({ node }) => node)}
        columns={SORTS.map((name) => ({ name, label: t(`columns.${name}`), href: href(sortBy(view, name)) }))}
        sort={view.sort}
        direction={view.direction}
        maySave={maySave}
        mayDelete={viewer.may('app:customer:delete')}
      />
      <Pager
        total={t('total', { count: totalCount })}
        previous={previous && href({ ...view, cursor: previous })}
        next={next && href({ ...view, cursor: next })}
      />
    </>
  )
}
