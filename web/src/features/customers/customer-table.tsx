'use client'

import { Badge } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useOptimistic, useState } from 'react'
import shared from '#ui/list/list.module.css'
import { ListRow, ListTable } from '#ui/list/list-table.tsx'
import { LocalDate } from '#ui/local-date.tsx'
import { DeleteDialog } from '#ui/record/delete-dialog.tsx'
import type { Customer } from './customer.ts'
import classes from './customers.module.css'
import { deleteCustomer } from './delete-customer.ts'
import type { SortName } from './sorts.ts'

type Props = {
  readonly rows: readonly (Customer & { readonly createdAt: string })[]
  readonly columns: readonly { readonly name: SortName; readonly label: string; readonly href: string }[]
  readonly sort: SortName
  readonly direction: 'asc' | 'desc'
  readonly maySave: boolean
  readonly mayDelete: boolean
}

const COLOR = { PENDING: 'yellow', ACTIVE: 'pine', INACTIVE: 'gray' } as const

/** The customers as rows that can be opened and deleted. */
export const CustomerTable = ({ rows, columns, sort, direction, maySave, mayDelete }: Props) => {
  const t = useTranslations('customers')
  const router = useRouter()
  const [shown, hide] = useOptimistic(rows, (all, id: string) => all.filter((row) => row.id !== id))
  const [doomed, setDoomed] = useState<Customer>()
  return (
    <>
      <ListTable caption={t('title')} columns={columns} sort={sort} direction={direction}>
        {shown.map((row) => (
          <ListRow
            key={row.id}
            name={row.name}
            href={`/customers/${row.id}`}
            maySave={maySave}
            onDelete={mayDelete ? () => setDoomed(row) : undefined}
          >
            {/* biome-ignore-start lint/a11y/noRedundantRoles: see ListTable */}
            <td role="cell" className={classes.email}>
              {row.email}
            </td>
            <td role="cell">
              <Badge variant="light" color={COLOR[row.status]} tt="none" fw={550}>
                {t(`status.${row.status}`)}
              </Badge>
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
        remove={deleteCustomer}
        onClose={() => setDoomed(undefined)}
        onDeleting={hide}
        onDeleted={() => router.refresh()}
      />
    </>
  )
}
