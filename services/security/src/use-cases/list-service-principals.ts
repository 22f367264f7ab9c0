import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { type Connection, type PageArgs, parsePage, toConnection } from '@neotool/kit/connection'
import { parseInput } from '@neotool/kit/input'
import type { Database } from '@neotool/kit/postgres'
import { z } from 'zod'
import type { Tables } from '../database.ts'
import type { ServicePrincipalOrder } from '../generated/graphql.ts'
import type { ServicePrincipal } from '../service-principal.ts'
import { type ServicePrincipalStore, servicePrincipalOrder } from '../service-principal-store.ts'

type Deps = {
  database: Database<Tables>
  servicePrincipals: ServicePrincipalStore
  authorizer: Authorizer
  now: () => Date
}

/** A page of service principals; the whole number is counted only when it is asked for. */
export type ServicePrincipalList = Connection<ServicePrincipal> & { readonly totalCount: () => Promise<number> }

type Args = PageArgs & {
  readonly query?: string | null | undefined
  readonly orderBy?: ServicePrincipalOrder | null | undefined
}

const search = z.object({ query: z.string().trim().max(100, 'must have at most 100 characters') }).partial()

/** Service principals in an order and with a search text, the disabled ones too. */
export const listServicePrincipals =
  ({ database, servicePrincipals, authorizer, now }: Deps) =>
  async ({ actor }: Caller, { query, orderBy, ...pageArgs }: Args): Promise<ServicePrincipalList> => {
    authorizer.authorize(actor, 'security:service:view', { type: 'Service' })
    const page = parsePage(pageArgs, servicePrincipalOrder(orderBy?.field ?? 'NAME', orderBy?.direction ?? 'ASC'))
    const text = parseInput(search, { query: query ?? undefined }).query || undefined
    const rows = await servicePrincipals.listPage(database, page, text, now())
    const { edges, pageInfo } = toConnection(rows, page, ({ principal, sortValue }) => ({
      id: principal.id,
      value: sortValue,
    }))
    return {
      edges: edges.map(({ cursor, node }) => ({ cursor, node: node.principal })),
      pageInfo,
      totalCount: () => servicePrincipals.count(database, text),
    }
  }
