import type { AuthenticationLevel } from '@neotool/kit/auth'
import type { Client } from '@neotool/kit/caller'
import { keyset, type Order, type Page } from '@neotool/kit/connection'
import type { Database, Tx } from '@neotool/kit/postgres'
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Tables } from './database.ts'
import { plainText } from './device.ts'
import { hashOfToken } from './opaque-token.ts'
import type { RefreshToken } from './refresh-token.ts'
import {
  idleSince,
  type KnownToken,
  type NewSession,
  type OpenSession,
  type Session,
  type SessionEndReason,
  type SessionId,
} from './session.ts'
import type { UserId } from './user.ts'

type NewToken = { readonly token: RefreshToken; readonly expiresAt: Date }

/** Newest first. */
export const sessionOrder: Order = {
  name: 'NEWEST',
  direction: 'desc',
  key: sql`sessions.created_at`,
  id: sql`sessions.id`,
  valueType: 'timestamp',
}

/** All SQL of sessions and their refresh tokens. */
export const sessionStore = {
  async insert(tx: Tx<Tables>, begun: NewSession, first: NewToken): Promise<Session> {
    const { userId, expiresAt, authenticatedAt, authenticationLevel, isRemembered, client } = begun
    const row = await tx
      .insertInto('sessions')
      .values({
        user_id: userId,
        created_at: authenticatedAt,
        last_used_at: authenticatedAt,
        expires_at: expiresAt,
        authenticated_at: authenticatedAt,
        authentication_level: authenticationLevel,
        is_remembered: isRemembered,
        ...rowOf(client),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await insertToken(tx, row.id, first)
    return toSession(row)
  },

  /** Whether the account of an e-mail has had a session from a network; purged ones do not count. */
  async hasBeenAt(database: Database<Tables>, email: string, network: string): Promise<boolean> {
    const row = await database
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .select('sessions.id')
      .where('users.email_normalized', '=', sql<string>`lower(${email})`)
      .where(sql<boolean>`sessions.address <<= ${network}::inet`)
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  },

  async findUserByToken(database: Database<Tables>, token: RefreshToken): Promise<UserId | undefined> {
    const row = await database
      .selectFrom('refresh_tokens')
      .innerJoin('sessions', 'sessions.id', 'refresh_tokens.session_id')
      .select('user_id')
      .where('token_hash', '=', hashOfToken(token))
      .executeTakeFirst()
    return row?.user_id
  },

  /**
   * The session of a token and the token, or undefined where there is none; nobody else can use any token of the session
   * until the transaction ends.
   */
  async lockByToken(tx: Tx<Tables>, token: RefreshToken): Promise<{ session: Session; known: KnownToken } | undefined> {
    const tokenHash = hashOfToken(token)
    const session = await tx
      .selectFrom('sessions')
      .innerJoin('refresh_tokens', 'refresh_tokens.session_id', 'sessions.id')
      .selectAll('sessions')
      .where('refresh_tokens.token_hash', '=', tokenHash)
      .forUpdate('sessions')
      .executeTakeFirst()
    if (session === undefined) return undefined
    // Only read once the lock is ours: before it, another request may have used the token.
    const known = await tx
      .selectFrom('refresh_tokens')
      .select(['expires_at', 'used_at'])
      .where('token_hash', '=', tokenHash)
      .executeTakeFirstOrThrow()
    return {
      session: toSession(session),
      known: { expiresAt: known.expires_at, usedAt: known.used_at ?? undefined },
    }
  },

  /** The session, or undefined; nobody else can use or end it until the transaction ends. */
  async lock(tx: Tx<Tables>, id: SessionId): Promise<Session | undefined> {
    const row = await tx.selectFrom('sessions').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    return row && toSession(row)
  },

  /** Notes that the owner of the locked session has proved again who they are. */
  async confirm(tx: Tx<Tables>, session: Session, level: AuthenticationLevel, at: Date): Promise<Session> {
    const row = await tx
      .updateTable('sessions')
      .set({ authenticated_at: at, authentication_level: level })
      .where('id', '=', session.id)
      .returningAll()
      .executeTakeFirstOrThrow()
    return toSession(row)
  },

  /** The user's other sessions count as confirmed no later than `at`. */
  async ageOthers(tx: Tx<Tables>, { userId, id }: Pick<Session, 'userId' | 'id'>, at: Date): Promise<void> {
    await tx
      .updateTable('sessions')
      .set({ authenticated_at: at })
      .where('user_id', '=', userId)
      .where('id', '!=', id)
      .where('ended_at', 'is', null)
      .where('authenticated_at', '>', at)
      .execute()
  },

  /** Marks the token as used and adds its successor; the session must be locked. */
  async replaceToken(
    tx: Tx<Tables>,
    sessionId: SessionId,
    used: { token: RefreshToken; usedAt: Date; client: Client },
    successor: NewToken,
  ): Promise<void> {
    await tx
      .updateTable('refresh_tokens')
      .set({ used_at: used.usedAt })
      .where('token_hash', '=', hashOfToken(used.token))
      .execute()
    await insertToken(tx, sessionId, successor)
    await tx
      .updateTable('sessions')
      .set({ last_used_at: used.usedAt, ...rowOf(used.client) })
      .where('id', '=', sessionId)
      .execute()
  },

  /** The open sessions of a user, except one; nobody else can use or end them until the transaction ends. */
  async lockOpenOf(tx: Tx<Tables>, userId: UserId, now: Date, except?: SessionId): Promise<readonly SessionId[]> {
    const rows = await tx
      .selectFrom('sessions')
      .select('id')
      .where('user_id', '=', userId)
      .where(isOpen(now))
      .$if(except !== undefined, (query) => query.where('id', '!=', except ?? null))
      // In one order, so that two who end them all wait for each other instead of dying together.
      .orderBy('id')
      .forUpdate()
      .execute()
    return rows.map(({ id }) => id)
  },

  /** A session of the user, open or not; nobody else can use or end it until the transaction ends. */
  async lockOf(tx: Tx<Tables>, userId: UserId, sessionId: SessionId): Promise<Session | undefined> {
    const row = await tx
      .selectFrom('sessions')
      .selectAll()
      .where('id', '=', sessionId)
      .where('user_id', '=', userId)
      .forUpdate()
      .executeTakeFirst()
    return row && toSession(row)
  },

  /** One page of the user's open sessions plus one row, in reading order; see kit's connection. */
  async listOpenPage(
    database: Database<Tables>,
    page: Page,
    userId: UserId,
    now: Date,
  ): Promise<readonly OpenSession[]> {
    const { where, orderBy, limit } = keyset(page)
    const rows = await database
      .selectFrom('sessions')
      .selectAll()
      .where('user_id', '=', userId)
      .where(isOpen(now))
      .where(where)
      .orderBy(orderBy[0])
      .orderBy(orderBy[1])
      .limit(limit)
      .execute()
    return rows.map((row) => ({
      ...toSession(row),
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
      address: row.address,
      userAgent: row.user_agent,
    }))
  },

  /** Deletes the sessions that were over by then; answers how many. */
  async deleteOver(database: Database<Tables>, by: Date): Promise<number> {
    const result = await database
      .deleteFrom('sessions')
      .where((row) => row.or([row('ended_at', '<', by), row.not(isLasting(by))]))
      .executeTakeFirst()
    return Number(result.numDeletedRows)
  },

  /** Whether its tokens are good at that moment. */
  async isOpen(database: Database<Tables>, sessionId: SessionId, at: Date): Promise<boolean> {
    const row = await database
      .selectFrom('sessions')
      .select('id')
      .where('id', '=', sessionId)
      .where(isOpen(at))
      .executeTakeFirst()
    return row !== undefined
  },

  /** Ends the session; the locked row must not be ended yet. */
  async end(tx: Tx<Tables>, sessionId: SessionId, reason: SessionEndReason, endedAt: Date): Promise<void> {
    await tx
      .updateTable('sessions')
      .set({ ended_at: endedAt, end_reason: reason })
      .where('id', '=', sessionId)
      .execute()
  },
}

export type SessionStore = typeof sessionStore

const insertToken = async (tx: Tx<Tables>, sessionId: SessionId, { token, expiresAt }: NewToken): Promise<void> => {
  await tx
    .insertInto('refresh_tokens')
    .values({ token_hash: hashOfToken(token), session_id: sessionId, expires_at: expiresAt, used_at: null })
    .execute()
}

// What a header said, so nothing in it may harm whoever reads the row.
const rowOf = ({ address, userAgent }: Client) => ({
  address,
  user_agent: userAgent === undefined ? null : plainText(userAgent),
})

/** Neither too old nor left for too long. */
const isLasting = (now: Date): RawBuilder<boolean> =>
  sql`(sessions.expires_at > ${now} and (sessions.is_remembered or sessions.last_used_at > ${idleSince(now)}))`

const isOpen = (now: Date): RawBuilder<boolean> => sql`sessions.ended_at is null and ${isLasting(now)}`

const toSession = (row: Selectable<Tables['sessions']>): Session => ({
  id: row.id,
  userId: row.user_id,
  expiresAt: row.expires_at,
  isEnded: row.ended_at !== null,
  isRemembered: row.is_remembered,
  authenticatedAt: row.authenticated_at,
  authenticationLevel: row.authentication_level,
})
