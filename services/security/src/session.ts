import type { AuthenticationLevel, UserActor } from '@neotool/kit/auth'
import type { Client } from '@neotool/kit/caller'
import { type AppError, notFound, unauthenticated } from '@neotool/kit/errors'
import { id } from '@neotool/kit/input'
import type { z } from 'zod'
import type { Rights } from './groups.ts'
import type { UserId } from './user.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

// Short, because rights that are taken away stay in the tokens that are out already.
export const ACCESS_TOKEN_LIFE_MS = 15 * MINUTE_MS
// Whoever comes every day stays signed in, and whoever asked to be remembered.
const IDLE_LIFE_MS = 24 * HOUR_MS
// After that the password is asked for again, however active the session is.
const LONGEST_LIFE_MS = 30 * 24 * HOUR_MS
// Requests that set out with the same token, or the repeat of one whose answer was lost.
const PARALLEL_USE_MS = 10_000

export const sessionId = id.brand<'SessionId'>()
export type SessionId = z.output<typeof sessionId>

/** What one sign-in began: the family of refresh tokens that follow one another. */
export type Session = {
  readonly id: SessionId
  readonly userId: UserId
  readonly expiresAt: Date
  readonly isEnded: boolean
  /** Its owner asked to stay signed in on this device, even when they are away for days. */
  readonly isRemembered: boolean
  /** When the user last proved who they are, and with how many factors. */
  readonly authenticatedAt: Date
  readonly authenticationLevel: AuthenticationLevel
}

export type NewSession = Omit<Session, 'id' | 'isEnded'> & { readonly client: Client }

/** A session as its owner sees it in a list. */
export type OpenSession = Session & {
  readonly createdAt: Date
  readonly lastUsedAt: Date
  /** Of its last use. */
  readonly address: string | null
  readonly userAgent: string | null
}

export type SessionEndReason =
  | 'signed-out'
  | 'token-reused'
  | 'ended-by-owner'
  | 'password-changed'
  | 'password-reset'
  | 'user-disabled'
  | 'user-deleted'

/** What is known of a refresh token; the token itself is not. */
export type KnownToken = { readonly expiresAt: Date; readonly usedAt: Date | undefined }

/** How somebody has signed in: all that a session begins with, except when. */
export type SignedIn = {
  readonly userId: UserId
  readonly level: AuthenticationLevel
  readonly client: Client
  readonly isRemembered: boolean
}

export const beginSession = ({ userId, level, client, isRemembered }: SignedIn, now: Date): NewSession => ({
  userId,
  client,
  isRemembered,
  expiresAt: later(now, LONGEST_LIFE_MS),
  authenticatedAt: now,
  authenticationLevel: level,
})

/** Until when the successor of a refresh token used at `usedAt` is good. */
export const refreshTokenExpiry = (session: Pick<Session, 'expiresAt' | 'isRemembered'>, usedAt: Date): Date =>
  session.isRemembered ? session.expiresAt : earlier(later(usedAt, IDLE_LIFE_MS), session.expiresAt)

/** Until when an access token issued now is good: it outlives neither its session nor any of the rights in it. */
export const accessTokenExpiry = (
  session: Pick<Session, 'expiresAt'>,
  rights: Pick<Rights, 'endsAt'>,
  now: Date,
): Date => {
  const expiry = earlier(later(now, ACCESS_TOKEN_LIFE_MS), session.expiresAt)
  return rights.endsAt === undefined ? expiry : earlier(expiry, rights.endsAt)
}

export const isOver = (session: Session, now: Date): boolean => session.isEnded || now >= session.expiresAt

/**
 * What the use of a refresh token means: `rotate` for its first use, `repeat` for one beside it, `refuse` where the session
 * is over. `end` is a use after the token was replaced: somebody has a copy, and nobody can tell who of the two is the owner.
 */
export type TokenUse = 'rotate' | 'repeat' | 'refuse' | 'end'

export const judgeTokenUse = (session: Session, token: KnownToken, now: Date): TokenUse => {
  if (isOver(session, now)) return 'refuse'
  if (token.usedAt === undefined) return now < token.expiresAt ? 'rotate' : 'refuse'
  return now.getTime() - token.usedAt.getTime() <= PARALLEL_USE_MS ? 'repeat' : 'end'
}

/** Who the owner of a session is to the policies. */
export const toActor = (session: Session, { groupIds, permissions, isEmailVerified }: Rights): UserActor => ({
  kind: 'user',
  id: session.userId,
  sessionId: session.id,
  groupIds,
  permissions,
  isEmailVerified,
  authenticatedAt: session.authenticatedAt,
  authenticationLevel: session.authenticationLevel,
})

export const sessionEnded = (): AppError => unauthenticated('SESSION_ENDED', 'The session is over. Sign in again.')

export const sessionUnknown = (): AppError => notFound('SESSION_NOT_FOUND', 'There is no such session of yours.')

/** A session that nobody used since then, and that is not remembered, is over. */
export const idleSince = (now: Date): Date => later(now, -IDLE_LIFE_MS)

const later = (instant: Date, ms: number): Date => new Date(instant.getTime() + ms)
const earlier = (one: Date, other: Date): Date => (one < other ? one : other)
