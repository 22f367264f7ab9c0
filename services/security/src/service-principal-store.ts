import { containing, keyset, type Order, type Page, type SortValue, toSortValue } from '@neotool/kit/connection'
import { type Database, onConstraint, type Tx } from '@neotool/kit/postgres'
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Tables } from './database.ts'
import type { OrderDirection, ServicePrincipalOrderField } from './generated/graphql.ts'
import type { PublicKey } from './public-key.ts'
import { type ServicePrincipal, type ServicePrincipalId, serviceNameTaken } from './service-principal.ts'

/** What a principal proves itself by, as it is stored. */
export type NewCredential = { readonly secretHash: Buffer } | { readonly publicKey: PublicKey }

type NewServicePrincipal = Pick<ServicePrincipal, 'name' | 'permissions' | 'audiences' | 'createdById' | 'createdAt'>

/** A principal as it signs in: with the hashes of its secrets, and the count of rights that its permissions go with. */
export type SigningInPrincipal = {
  readonly principal: ServicePrincipal
  readonly secretHashes: readonly Buffer[]
  readonly rightsVersion: number
}

const id = sql`service_principals.id`

const ORDERS = {
  NAME: { key: sql`lower(service_principals.name)`, valueType: 'text' },
  CREATED_AT: { key: sql`service_principals.created_at`, valueType: 'timestamp' },
} as const satisfies Record<ServicePrincipalOrderField, Pick<Order, 'key' | 'valueType'>>

/** The order that a list of service principals is asked for in. */
export const servicePrincipalOrder = (field: ServicePrincipalOrderField, direction: OrderDirection): Order => ({
  ...ORDERS[field],
  name: field,
  direction: direction === 'ASC' ? 'asc' : 'desc',
  id,
})

/** All SQL of service principals and of what they prove themselves by. */
export const servicePrincipalStore = {
  async insert(tx: Tx<Tables>, { name, permissions, audiences, createdById, createdAt }: NewServicePrincipal) {
    const row = await tx
      .insertInto('service_principals')
      .values({ name, audiences: [...audiences], created_by: createdById, created_at: createdAt, disabled_at: null })
      .returning('id')
      .executeTakeFirstOrThrow()
      .catch(onConstraint({ service_principals_name_unique: () => serviceNameTaken(name) }))
    await tx
      .insertInto('service_principal_permissions')
      .values(permissions.map((permission) => ({ service_principal_id: row.id, permission })))
      .execute()
    return row.id
  },

  async addCredential(tx: Tx<Tables>, principalId: ServicePrincipalId, added: NewCredential, at: Date): Promise<void> {
    await tx
      .insertInto('service_credentials')
      .values({
        service_principal_id: principalId,
        secret_hash: 'secretHash' in added ? added.secretHash : null,
        public_key: 'publicKey' in added ? JSON.stringify(added.publicKey) : null,
        created_at: at,
        expires_at: null,
      })
      .execute()
  },

  /** Lets what the principal has expire at `end` at the latest, and forgets what has expired already. */
  async expireCredentials(tx: Tx<Tables>, principalId: ServicePrincipalId, end: Date, at: Date): Promise<void> {
    await tx
      .updateTable('service_credentials')
      .set({ expires_at: sql<Date>`least(expires_at, ${end})` })
      .where('service_principal_id', '=', principalId)
      .execute()
    await tx
      .deleteFrom('service_credentials')
      .where('service_principal_id', '=', principalId)
      .where('expires_at', '<=', at)
      .execute()
  },

  async disable(tx: Tx<Tables>, principalId: ServicePrincipalId, at: Date): Promise<void> {
    await tx.updateTable('service_principals').set({ disabled_at: at }).where('id', '=', principalId).execute()
  },

  /** Reads the principal and keeps others from changing it until the transaction ends. */
  async lock(tx: Tx<Tables>, principalId: ServicePrincipalId, at: Date): Promise<ServicePrincipal | undefined> {
    // First the lock, then what hangs on it: what another transaction changed meanwhile is read then.
    await tx.selectFrom('service_principals').select('id').where('id', '=', principalId).forUpdate().execute()
    return (await servicePrincipalStore.findForSignIn(tx, principalId, at))?.principal
  },

  /** One statement, so that the permissions and the count of rights are of one moment. */
  async findForSignIn(
    database: Database<Tables>,
    principalId: ServicePrincipalId,
    at: Date,
  ): Promise<SigningInPrincipal | undefined> {
    const row = await database
      .selectFrom('service_principals')
      .selectAll()
      .select([permissionsOf(), credentialsOf(at)])
      .select((query) => query.selectFrom('rights_version').select('version').as('rights_version'))
      .where('id', '=', principalId)
      .executeTakeFirst()
    if (row === undefined) return undefined
    return {
      principal: toPrincipal(row),
      secretHashes: row.credentials.flatMap(({ secretHash }) => (secretHash ? [Buffer.from(secretHash, 'hex')] : [])),
      rightsVersion: row.rights_version ?? 0,
    }
  },

  /** Keeps the id of a signed assertion for as long as it would be good; false where it was used before. */
  async useAssertion(
    tx: Tx<Tables>,
    principalId: ServicePrincipalId,
    assertion: { readonly hash: Buffer; readonly expiresAt: Date },
    at: Date,
  ): Promise<boolean> {
    await tx
      .deleteFrom('used_assertions')
      .where('service_principal_id', '=', principalId)
      .where('expires_at', '<', at)
      .execute()
    const added = await tx
      .insertInto('used_assertions')
      .values({ service_principal_id: principalId, assertion_hash: assertion.hash, expires_at: assertion.expiresAt })
      .onConflict((conflict) => conflict.doNothing())
      .returning('service_principal_id')
      .executeTakeFirst()
    return added !== undefined
  },

  /** One page plus one row, in reading order; see kit's connection. */
  async listPage(
    database: Database<Tables>,
    page: Page,
    search: string | undefined,
    at: Date,
  ): Promise<readonly { principal: ServicePrincipal; sortValue: SortValue }[]> {
    const { where, orderBy, limit } = keyset(page)
    const rows = await database
      .selectFrom('service_principals')
      .selectAll()
      .select([permissionsOf(), credentialsOf(at), page.order.key.as('sort_value')])
      .where(where)
      .where(matches(search))
      .orderBy(orderBy[0])
      .orderBy(orderBy[1])
      .limit(limit)
      .execute()
    return rows.map((row) => ({ principal: toPrincipal(row), sortValue: toSortValue(row.sort_value) }))
  },

  async count(database: Database<Tables>, search: string | undefined): Promise<number> {
    const { count } = await database
      .selectFrom('service_principals')
      .select(sql<number>`count(*)::int`.as('count'))
      .where(matches(search))
      .executeTakeFirstOrThrow()
    return count
  },
}

export type ServicePrincipalStore = typeof servicePrincipalStore

type CredentialRow = {
  readonly id: string
  readonly secretHash: string | null
  readonly publicKey: PublicKey | null
  readonly createdAt: string
  readonly expiresAt: string | null
}

type Row = Selectable<Tables['service_principals']> & {
  readonly permissions: readonly string[]
  readonly credentials: readonly CredentialRow[]
}

const permissionsOf = () =>
  sql<string[]>`(
    select coalesce(array_agg(held.permission order by held.permission), '{}')
    from service_principal_permissions held where held.service_principal_id = service_principals.id
  )`.as('permissions')

const credentialsOf = (at: Date) =>
  sql<CredentialRow[]>`(
    select coalesce(json_agg(json_build_object(
      'id', credential.id, 'secretHash', encode(credential.secret_hash, 'hex'), 'publicKey', credential.public_key,
      'createdAt', credential.created_at, 'expiresAt', credential.expires_at
    ) order by credential.created_at desc, credential.id desc), '[]')
    from service_credentials credential
    where credential.service_principal_id = service_principals.id
      and (credential.expires_at is null or credential.expires_at > ${at})
  )`.as('credentials')

const toPrincipal = (row: Row): ServicePrincipal => ({
  id: row.id,
  name: row.name,
  permissions: row.permissions,
  audiences: row.audiences,
  credentials: row.credentials.map(({ id, publicKey, createdAt, expiresAt }) => ({
    id,
    publicKey: publicKey ?? undefined,
    createdAt: new Date(createdAt),
    expiresAt: expiresAt === null ? undefined : new Date(expiresAt),
  })),
  createdById: row.created_by,
  createdAt: row.created_at,
  disabledAt: row.disabled_at ?? undefined,
})

const matches = (search: string | undefined): RawBuilder<boolean> =>
  search === undefined ? sql<boolean>`true` : sql<boolean>`service_principals.name ilike ${containing(search)}`
