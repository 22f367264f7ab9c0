import type { Client } from '@neotool/kit/caller'
import type { Database, Tx } from '@neotool/kit/postgres'
import { type Selectable, sql } from 'kysely'
import type { Tables } from './database.ts'
import { hashOfToken } from './opaque-token.ts'
import type { RefreshToken } from './refresh-token.ts'
import type { KnownToken, NewSession, Session, SessionEndReason, SessionId } from './session.ts'
import type { UserId } from './user.ts'

type NewToken = { readonly token: RefreshToken; readonly expiresAt: Date }

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
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now)
      .$if(except !== undefined, (query) => query.where('id', '!=', except ?? null))
      // In one order, so that two who end them all wait for each other instead of dying together.
      .orderBy('id')
      .forUpdate()
      .execute()
    return rows.map(({ id }) => id)
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

const rowOf = ({ address, userAgent }: Client) => ({ address, user_agent: userAgent ?? null })

const toSession = (row: Selectable<Tables['sessions']>): Session => ({
  id: row.id,
  userId: row.user_id,
  expiresAt: row.expires_at,
  isEnded: row.ended_at !== null,
  isRemembered: row.is_remembered,
  authenticatedAt: row.authenticated_at,
  authenticationLevel: row.authentication_level,
})
