import { getTranslations } from 'next-intl/server'
import { LocalDate } from '#ui/local-date.tsx'

type Props = {
  readonly product: {
    readonly createdAt: string
    readonly updatedAt: string
    readonly createdBy: { readonly displayName: string } | null
  }
}

/** Who added the product and when it last changed. */
export const ProductHistory = async ({ product: { createdAt, updatedAt, createdBy } }: Props) => {
  const t = await getTranslations('products.history')
  const added = { date: () => <LocalDate iso={createdAt} key="created" /> }
  return (
    <>
      {createdBy === null ? t.rich('added', added) : t.rich('addedBy', { ...added, name: createdBy.displayName })}
      {' · '}
      {t.rich('updated', { date: () => <LocalDate iso={updatedAt} withTime key="updated" /> })}
    </>
  )
}
