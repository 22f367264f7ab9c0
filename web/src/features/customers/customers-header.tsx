import { getTranslations } from 'next-intl/server'
import { ListHeader } from '#ui/list/list-header.tsx'
import { ListSearch } from '#ui/list/list-search.tsx'
import { customersAddress, type ListView } from './list-address.ts'

type Props = { readonly view: ListView; readonly maySave: boolean }

/** Title, the way to add a customer, and the search. */
export const CustomersHeader = async ({ view, maySave }: Props) => {
  const [t, list] = await Promise.all([getTranslations('customers'), getTranslations('list')])
  const orderings = customersAddress.orderings(view)
  return (
    <ListHeader
      title={t('title')}
      intro={t('intro')}
      add={maySave ? { href: '/customers/new', label: t('new') } : undefined}
    >
      <ListSearch
        path="/customers"
        label={t('search')}
        hint={t('searchHint')}
        search={view.search}
        parameters={orderings.parameters}
        sortOptions={orderings.all.map(({ sort, direction, href }) => ({
          label: list(`order.${direction}`, { column: t(`columns.${sort}`) }),
          href,
        }))}
        sortHref={orderings.present}
      />
    </ListHeader>
  )
}
