import { getTranslations } from 'next-intl/server'
import { ListHeader } from '#ui/list/list-header.tsx'
import { ListSearch } from '#ui/list/list-search.tsx'
import { type ListView, productsAddress } from './list-address.ts'

type Props = { readonly view: ListView; readonly maySave: boolean }

/** Title, the way to add a product, and the search. */
export const ProductsHeader = async ({ view, maySave }: Props) => {
  const [t, list] = await Promise.all([getTranslations('products'), getTranslations('list')])
  const orderings = productsAddress.orderings(view)
  return (
    <ListHeader
      title={t('title')}
      intro={t('intro')}
      add={maySave ? { href: '/products/new', label: t('new') } : undefined}
    >
      <ListSearch
        path="/products"
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
