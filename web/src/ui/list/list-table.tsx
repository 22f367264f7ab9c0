'use client'

import { ActionIcon, Menu, MenuDropdown, MenuItem, MenuTarget, Paper } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp, IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Link } from '#ui/link.tsx'
import classes from './list.module.css'

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const

type Direction = keyof typeof ARIA_SORT

type Column = {
  readonly name: string
  readonly label: string
  /** The list sorted by this column. */
  readonly href: string
  readonly isNumeric?: boolean
}

type TableProps = {
  readonly caption: string
  readonly columns: readonly Column[]
  readonly sort: string
  readonly direction: Direction
  readonly children: ReactNode
}

/**
 * A table that a narrow screen shows as cards. The roles are spelled out because a browser takes them away from table
 * elements that are laid out as blocks; the cells of its rows need theirs too.
 */
export const ListTable = ({ caption, columns, sort, direction, children }: TableProps) => {
  const t = useTranslations('list')
  return (
    <Paper className={classes.surface} radius="lg">
      {/* biome-ignore-start lint/a11y/noRedundantRoles: see above */}
      <table role="table" className={classes.table} aria-label={caption}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ name, label, href, isNumeric }) => (
              <th
                key={name}
                role="columnheader"
                scope="col"
                aria-sort={name === sort ? ARIA_SORT[direction] : undefined}
                data-numeric={isNumeric || undefined}
              >
                <Link href={href} className={classes.sort} replace>
                  {label}
                  <SortIcon state={name === sort ? direction : undefined} />
                </Link>
              </th>
            ))}
            <th role="columnheader" scope="col" className={classes.actions}>
              <span className={classes.visuallyHidden}>{t('actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">{children}</tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: see above */}
    </Paper>
  )
}

const SortIcon = ({ state }: { readonly state: Direction | undefined }) => {
  if (state === undefined) return <IconArrowsSort size={14} aria-hidden className={classes.sortIdle} />
  const Icon = state === 'asc' ? IconArrowUp : IconArrowDown
  return <Icon size={14} aria-hidden />
}

type RowProps = {
  readonly name: string
  readonly href: string
  readonly maySave: boolean
  /** Absent for whoever may not delete. */
  readonly onDelete: (() => void) | undefined
  readonly children: ReactNode
}

/** One record: its name first, what the caller shows of it, and what can be done with it. */
export const ListRow = ({ name, href, maySave, onDelete, children }: RowProps) => {
  const t = useTranslations('list')
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: see ListTable
    <tr role="row">
      <th role="rowheader" scope="row" className={classes.name}>
        <Link href={href}>{name}</Link>
      </th>
      {children}
      <td role="cell" className={classes.actions}>
        <Menu position="bottom-end" width={160}>
          <MenuTarget>
            <ActionIcon variant="subtle" color="gray" aria-label={t('actionsFor', { name })}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </MenuTarget>
          <MenuDropdown>
            <MenuItem component={Link} href={href} leftSection={<IconPencil size={16} aria-hidden />}>
              {t(maySave ? 'edit' : 'view')}
            </MenuItem>
            {onDelete !== undefined && (
              <MenuItem className={classes.danger} leftSection={<IconTrash size={16} aria-hidden />} onClick={onDelete}>
                {t('delete')}
              </MenuItem>
            )}
          </MenuDropdown>
        </Menu>
      </td>
    </tr>
    // biome-ignore-end lint/a11y/noRedundantRoles: see ListTable
  )
}
