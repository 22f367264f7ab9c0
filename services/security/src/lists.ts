import { type Connection, type Page, type PageArgs, type SortValue, toConnection } from '@neotool/kit/connection'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import type { Group, SeenMembership } from './groups.ts'
import type { Permission, Role } from './roles.ts'
import type { SeenUser } from './user.ts'

/** A page of a list; the whole number is counted only when it is asked for. */
export type List<Item> = Connection<Item> & { readonly totalCount: () => Promise<number> }

export type SearchArgs = PageArgs & { readonly query?: string | null | undefined }

const search = z.object({ query: z.string().trim().max(200, 'must have at most 200 characters') }).partial()

/** The text that is searched for, undefined where it is empty; throws INPUT_INVALID. */
export const parseSearch = ({ query }: SearchArgs): string | undefined =>
  parseInput(search, { query: query ?? undefined }).query || undefined

/** The rows that a store read for a page, as a Relay connection. */
export const toList = <Item>(
  rows: readonly { readonly item: Item; readonly sortValue: SortValue }[],
  page: Page,
  { idOf, count }: { idOf: (item: Item) => string; count: () => Promise<number> },
): List<Item> => {
  const { edges, pageInfo } = toConnection(rows, page, ({ item, sortValue }) => ({ id: idOf(item), value: sortValue }))
  return { edges: edges.map(({ cursor, node }) => ({ cursor, node: node.item })), pageInfo, totalCount: count }
}

export type SeenUserList = List<SeenUser>
export type GroupList = List<Group>
export type RoleList = List<Role>
export type PermissionList = List<Permission>
export type MembershipList = List<SeenMembership>
