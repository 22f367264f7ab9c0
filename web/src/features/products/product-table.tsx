'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useOptimistic, useState } from 'react'
import shared from '#ui/list/list.module.css'
import { ListRow, ListTable } from '#ui/list/list-table.tsx'
import { LocalDate } from '#ui/local-date.tsx'
import { DeleteDialog } from '#ui/record/delete-dialog.tsx'
import { deleteProduct } from './delete-product.ts'
import type { Product } from './product.ts'
import classes from './products.module.css'
import type { SortName } from './sorts.ts'

export type ProductRow = Product & { readonly price: string; readonly stockText: string; readonly createdAt: string }

type Props = {
  readonly rows: readonly ProductRow[]
  readonly columns: readonly { readonly name: SortName; readonly label: string; readonly href: string }[]
  readonly sort: SortName
  readonly direction: 'asc' | 'desc'
  readonly maySave: boolean
  readonly mayDelete: boolean
}

const NUMERIC: readonly SortName[] = ['price', 'stock']

/** The products as rows that can be opened and deleted. */
export const ProductTable = ({ rows, columns, sort, direction, maySave, mayDelete }: Props) => {
  const t = useTranslations('products')
  const router = useRouter()
  const [shown, hide] = useOptimistic(rows, (all, id: string) => all.filter((row) => row.id !== id))
  const [doomed, setDoomed] = useState<Product>()
  return (
    <>
      <ListTable
        caption={t('title')}
        columns={columns.map((column) => ({ ...column, isNumeric: NUMERIC.includes(column.name) }))}
        sort={sort}
        direction={direction}
      >
        {shown.map((row) => (
          <ListRow
            key={row.id}
            name={row.name}
            href={`/products/${row.id}`}
            maySave={maySave}
            onDelete={mayDelete ? () => setDoomed(row) : undefined}
          >
            {/* biome-ignore-start lint/a11y/noRedundantRoles: see ListTable */}
            <td role="cell">
              <code className={classes.sku}>{row.sku}</code>
            </td>
            <td role="cell" data-numeric className={`${shared.end} ${shared.strong}`}>
              {row.price}
            </td>
            <td
              role="cell"
              data-label={t('columns.stock')}
              data-numeric
              className={row.stock === 0 ? classes.empty : undefined}
            >
              {row.stockText}
            </td>
            <td role="cell" className={`${shared.end} ${shared.muted}`}>
              <LocalDate iso={row.createdAt} />
            </td>
            {/* biome-ignore-end lint/a11y/noRedundantRoles: see ListTable */}
          </ListRow>
        ))}
      </ListTable>
      <DeleteDialog
        record={doomed}
        remove={deleteProduct}
        onClose={() => setDoomed(undefined)}
        onDeleting={hide}
        onDeleted={() => router.refresh()}
      />
    </>
  )
}
