'use client'

import { ActionIcon, Menu, MenuDropdown, MenuItem, MenuTarget, Paper } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp, IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useOptimistic, useState } from 'react'
import { Link } from '#ui/link.tsx'
import { LocalDate } from '#ui/local-date.tsx'
import { DeleteProductDialog } from './delete-product-dialog.tsx'
import type { Product } from './product.ts'
import classes from './products.module.css'
import { SORTS, type SortName } from './sorts.ts'

export type ProductRow = Product & { readonly price: string; readonly stockText: string; readonly createdAt: string }

type Props = {
  readonly rows: readonly ProductRow[]
  readonly caption: string
  readonly sort: SortName
  readonly direction: 'asc' | 'desc'
  readonly sortHrefs: Readonly<Record<string, string>>
  readonly maySave: boolean
  readonly mayDelete: boolean
}

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const
const NUMERIC: readonly SortName[] = ['price', 'stock']

/**
 * The products as a table, which a narrow screen shows as cards. The roles are spelled out because a browser takes them
 * away from table elements that are laid out as blocks.
 */
export const ProductTable = ({ rows, caption, sort, direction, sortHrefs, maySave, mayDelete }: Props) => {
  const t = useTranslations('products')
  const router = useRouter()
  const [shown, hide] = useOptimistic(rows, (all, id: string) => all.filter((row) => row.id !== id))
  const [doomed, setDoomed] = useState<Product>()
  return (
    <Paper className={classes.surface} radius="lg">
      {/* biome-ignore-start lint/a11y/noRedundantRoles: see above */}
      <table role="table" className={classes.table} aria-label={caption}>
        <thead role="rowgroup">
          <tr role="row">
            {SORTS.map((column) => (
              <th
                key={column}
                role="columnheader"
                scope="col"
                aria-sort={column === sort ? ARIA_SORT[direction] : undefined}
                data-numeric={NUMERIC.includes(column) || undefined}
              >
                <Link href={sortHrefs[column] ?? '/products'} className={classes.sort} replace>
                  {t(`columns.${column}`)}
                  <SortIcon state={column === sort ? direction : undefined} />
                </Link>
              </th>
            ))}
            <th role="columnheader" scope="col" className={classes.actions}>
              <span className={classes.visuallyHidden}>{t('columns.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {shown.map((row) => (
            <tr key={row.id} role="row">
              <th role="rowheader" scope="row" className={classes.name}>
                <Link href={`/products/${row.id}`}>{row.name}</Link>
              </th>
              <td role="cell">
                <code className={classes.sku}>{row.sku}</code>
              </td>
              <td role="cell" data-numeric>
                {row.price}
              </td>
              <td role="cell" data-label={t('columns.stock')} data-numeric data-empty={row.stock === 0 || undefined}>
                {row.stockText}
              </td>
              <td role="cell" className={classes.muted}>
                <LocalDate iso={row.createdAt} />
              </td>
              <td role="cell" className={classes.actions}>
                <Menu position="bottom-end" width={160}>
                  <MenuTarget>
                    <ActionIcon variant="subtle" color="gray" aria-label={t('actionsFor', { name: row.name })}>
                      <IconDots size={18} aria-hidden />
                    </ActionIcon>
                  </MenuTarget>
                  <MenuDropdown>
                    <MenuItem
                      component={Link}
                      href={`/products/${row.id}`}
                      leftSection={<IconPencil size={16} aria-hidden />}
                    >
                      {t(maySave ? 'edit' : 'view')}
                    </MenuItem>
                    {mayDelete && (
                      <MenuItem
                        className={classes.danger}
                        leftSection={<IconTrash size={16} aria-hidden />}
                        onClick={() => setDoomed(row)}
                      >
                        {t('delete.action')}
                      </MenuItem>
                    )}
                  </MenuDropdown>
                </Menu>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: see above */}
      <DeleteProductDialog
        product={doomed}
        onClose={() => setDoomed(undefined)}
        onDeleting={hide}
        onDeleted={() => router.refresh()}
      />
    </Paper>
  )
}

const SortIcon = ({ state }: { readonly state: 'asc' | 'desc' | undefined }) => {
  if (state === undefined) return <IconArrowsSort size={14} aria-hidden className={classes.sortIdle} />
  const Icon = state === 'asc' ? IconArrowUp : IconArrowDown
  return <Icon size={14} aria-hidden />
}
