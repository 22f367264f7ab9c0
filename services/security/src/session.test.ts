import { describe, expect, it } from 'vitest'
import {
  accessTokenExpiry,
  beginSession,
  judgeTokenUse,
  refreshTokenExpiry,
  type Session,
  sessionId,
} from './session.ts'
import { userId } from './user.ts'

const START = new Date('2026-03-01T12:00:00.000Z')
const SECOND = 1_000
const HOUR = 3_600 * SECOND
const DAY = 24 * HOUR
const after = (ms: number): Date => new Date(START.getTime() + ms)

const session: Session = {
  id: sessionId.parse('01a20a70-1225-74e2-b714-4028c7690d55'),
  userId: userId.parse('01a20a70-11d5-71d6-9ed1-691e7e739f0b'),
  expiresAt: after(30 * DAY),
  isEnded: false,
  isRemembered: false,
  authenticatedAt: START,
  authenticationLevel: 'single-factor',
}
const fresh = { expiresAt: after(DAY), usedAt: undefined }
const used = { expiresAt: after(DAY), usedAt: START }

describe('the use of a refresh token', () => {
  it.each([
    ['rotates a token that nobody used', session, fresh, after(0), 'rotate'],
    ['rotates it until its last millisecond', session, fresh, after(DAY - 1), 'rotate'],
    ['refuses it once it was idle too long', session, fresh, after(DAY), 'refuse'],
    ['repeats for a parallel request', session, used, after(0), 'repeat'],
    ['repeats for ten seconds', session, used, after(10 * SECOND), 'repeat'],
    ['ends the session after them', session, used, after(10 * SECOND + 1), 'end'],
    ['ends it also when the replayed token would have expired by itself', session, used, after(3 * DAY), 'end'],
    ['repeats where the clock of another replica is ahead', session, used, after(-2 * SECOND), 'repeat'],
    ['refuses everything of a session that is over', { ...session, isEnded: true }, fresh, after(0), 'refuse'],
    ['does not end it twice', { ...session, isEnded: true }, used, after(DAY), 'refuse'],
    [
      'refuses everything after the longest life',
      session,
      { ...fresh, expiresAt: after(31 * DAY) },
      after(30 * DAY),
      'refuse',
    ],
  ] as const)('%s', (_what, which, token, now, expected) => {
    expect(judgeTokenUse(which, token, now)).toBe(expected)
  })
})

const signedIn = {
  userId: session.userId,
  level: 'single-factor',
  client: { address: '203.0.113.9', userAgent: undefined },
  isRemembered: false,
} as const

const LASTING = { endsAt: undefined }

describe('the lives of tokens', () => {
  it('are 15 minutes, a day, and 30 days for the session', () => {
    expect(beginSession(signedIn, START)).toMatchObject({ expiresAt: after(30 * DAY) })
    expect(accessTokenExpiry(session, LASTING, START)).toEqual(after(HOUR / 4))
    expect(refreshTokenExpiry(session, START)).toEqual(after(DAY))
  })

  it('are as long as the session where it is remembered', () => {
    const remembered = { ...session, ...beginSession({ ...signedIn, isRemembered: true }, START) }
    expect(refreshTokenExpiry(remembered, START)).toEqual(after(30 * DAY))
    expect(refreshTokenExpiry(remembered, after(20 * DAY))).toEqual(after(30 * DAY))
  })

  it('end with the session', () => {
    expect(accessTokenExpiry(session, LASTING, after(30 * DAY - 1_000))).toEqual(session.expiresAt)
    expect(refreshTokenExpiry(session, after(29.5 * DAY))).toEqual(session.expiresAt)
  })
  it('end with the first of the rights in them', () => {
    expect(accessTokenExpiry(session, { endsAt: after(1_000) }, START)).toEqual(after(1_000))
    expect(accessTokenExpiry(session, { endsAt: after(HOUR) }, START)).toEqual(after(HOUR / 4))
  })
})
