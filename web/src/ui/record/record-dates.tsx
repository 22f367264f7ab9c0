import { getTranslations } from 'next-intl/server'
import { LocalDate } from '#ui/local-date.tsx'

type Props = {
  readonly record: {
    readonly createdAt: string
    readonly updatedAt: string
    readonly createdBy: { readonly displayName: string } | null
  }
}

/** Who added the record and when it last changed. */
export const RecordDates = async ({ record: { createdAt, updatedAt, createdBy } }: Props) => {
  const t = await getTranslations('record.dates')
  const added = { date: () => <LocalDate iso={createdAt} key="created" /> }
  return (
    <>
      {createdBy === null ? t.rich('added', added) : t.rich('addedBy', { ...added, name: createdBy.displayName })}
      {' · '}
      {t.rich('updated', { date: () => <LocalDate iso={updatedAt} withTime key="updated" /> })}
    </>
  )
}
