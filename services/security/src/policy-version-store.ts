import { keyset, type Order, type Page } from '@neotool/kit/connection'
import type { Database, Tx } from '@neotool/kit/postgres'
import { type Selectable, sql } from 'kysely'
import type { Tables } from './database.ts'
import type { PolicyState, PolicyVersion } from './policy-version.ts'

type NewVersion = Pick<PolicyVersion, 'text' | 'comment' | 'authorId' | 'createdAt'> & { readonly restores?: number }

/** Newest first. */
export const POLICY_ORDER: Order = {
  name: 'NUMBER',
  direction: 'desc',
  key: sql`policy_versions.number`,
  id: sql`policy_versions.id`,
  valueType: 'integer',
}

/** All SQL of the versions of the policies. */
export const policyVersionStore = {
  /** Lets one transaction at a time number or activate versions; others go on reading. */
  async lock(tx: Tx<Tables>): Promise<void> {
    await sql`lock table policy_versions in share row exclusive mode`.execute(tx)
  },

  /** Adds a draft with the next number; the table must be locked. */
  async insert(tx: Tx<Tables>, version: NewVersion): Promise<PolicyVersion> {
    const row = await tx
      .insertInto('policy_versions')
      .values((query) => ({
        number: sql<number>`(${query.selectFrom('policy_versions').select(sql<number>`coalesce(max(number), 0) + 1`.as('next'))})`,
        text: version.text,
        comment: version.comment,
        author_id: version.authorId,
        created_at: version.createdAt,
        restores: version.restores ?? null,
      }))
      .returningAll()
      .executeTakeFirstOrThrow()
    return toVersion(row)
  },

  /** Makes a draft the active version and supersedes the one that was; the table must be locked. */
  async activate(tx: Tx<Tables>, number: number, { at, byId }: { at: Date; byId: string }): Promise<PolicyVersion> {
    await tx
      .updateTable('policy_versions')
      .set({ state: 'superseded', superseded_at: at })
      .where('state', '=', 'active')
      .execute()
    const row = await tx
      .updateTable('policy_versions')
      .set((query) => ({
        state: 'active' as const,
        activation: sql<number>`(${query.selectFrom('policy_versions').select(sql<number>`coalesce(max(activation), 0) + 1`.as('next'))})`,
        activated_at: at,
        activated_by_id: byId,
      }))
      .where('number', '=', number)
      .where('state', '=', 'draft')
      .returningAll()
      .executeTakeFirstOrThrow()
    return toVersion(row)
  },

  async find(database: Database<Tables>, number: number): Promise<PolicyVersion | undefined> {
    const row = await database.selectFrom('policy_versions').selectAll().where('number', '=', number).executeTakeFirst()
    return row && toVersion(row)
  },

  async findActive(database: Database<Tables>): Promise<PolicyVersion | undefined> {
    const row = await database
      .selectFrom('policy_versions')
      .selectAll()
      .where('state', '=', 'active')
      .executeTakeFirst()
    return row && toVersion(row)
  },

  /** One page plus one row, in reading order; see kit's connection. */
  async listPage(
    database: Database<Tables>,
    page: Page,
    state: PolicyState | undefined,
  ): Promise<readonly PolicyVersion[]> {
    const { where, orderBy, limit } = keyset(page)
    const rows = await database
      .selectFrom('policy_versions')
      .selectAll()
      .where(where)
      .$if(state !== undefined, (query) => query.where('state', '=', state as PolicyState))
      .orderBy(orderBy[0])
      .orderBy(orderBy[1])
      .limit(limit)
      .execute()
    return rows.map(toVersion)
  },
}

export type PolicyVersionStore = typeof policyVersionStore

const toVersion = (row: Selectable<Tables['policy_versions']>): PolicyVersion => ({
  id: row.id,
  number: row.number,
  text: row.text,
  comment: row.comment,
  authorId: row.author_id,
  createdAt: row.created_at,
  restores: row.restores ?? undefined,
  state: row.state,
  activation:
    row.activation === null || row.activated_at === null || row.activated_by_id === null
      ? undefined
      : { count: row.activation, at: row.activated_at, byId: row.activated_by_id },
  supersededAt: row.superseded_at ?? undefined,
})
