import { randomUUID } from 'node:crypto'
import { auditedIn } from '@neotool/testkit/audit'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { SessionTokens } from '../src/generated/graphql.ts'
import { purgeExpired } from '../src/purge-expired.ts'
import { PASSWORD, REFRESH, type SecurityFixture, SIGN_IN, SIGN_UP, startSecurity } from './security-fixture.ts'

const SESSIONS = `query ($first: Int, $after: String) { sessions(first: $first, after: $after) {
  edges { node { id createdAt lastUsedAt device address isCurrent authenticationLevel } }
  pageInfo { hasNextPage endCursor }
} }`
const END = 'mutation ($id: ID!) { endSession(input: { id: $id }) { endedSessionId } }'
const END_OTHERS = 'mutation { endOtherSessions { ended } }'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

let fixture: SecurityFixture
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  // 127.0.0.1 is where injected requests come from unless they say otherwise.
  fixture = await startSecurity({ trustedProxies: ['127.0.0.1'] })
})
afterAll(async () => {
  vi.useRealTimers()
  await fixture[Symbol.asyncDispose]()
})

/** Moves the clock of the service, and the one that access tokens are verified by. */
const pass = (ms: number): void => {
  fixture.advance(ms)
  vi.setSystemTime(fixture.now())
}

type Device = { readonly address?: string; readonly userAgent?: string; readonly forwarded?: string }
type Begun = { readonly session: SessionTokens }
type Seen = { readonly id: string } & Readonly<Record<string, unknown>>
type Page = {
  readonly edges: readonly { readonly node: Seen }[]
  readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean }
}
type Answer = {
  readonly data: { readonly signIn: Begun; readonly refreshAccessToken: Begun; readonly sessions: Page }
  readonly errors?: readonly { readonly extensions: { readonly reason: string } }[]
}

const post = async (query: string, variables: unknown, device: Device = {}, token?: string): Promise<Answer> => {
  const response = await fixture.app.inject({
    method: 'POST',
    url: '/graphql',
    remoteAddress: device.address ?? '192.0.2.1',
    headers: {
      ...(device.userAgent !== undefined && { 'user-agent': device.userAgent }),
      ...(device.forwarded !== undefined && { 'x-forwarded-for': device.forwarded }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    payload: { query, variables },
  })
  return response.json()
}

const newEmail = async (): Promise<string> => {
  const email = `${randomUUID()}@example.org`
  await post(SIGN_UP, { input: { email, password: PASSWORD, displayName: 'Ann' } })
  return email
}

const signIn = async (email: string, device: Device = {}, rememberMe?: boolean): Promise<SessionTokens> =>
  (await post(SIGN_IN, { input: { email, password: PASSWORD, rememberMe } }, device)).data.signIn.session

const sidOf = ({ accessToken }: SessionTokens): string => String(decodeJwt(accessToken).sid)

const refresh = (refreshToken: string, device: Device = {}) => post(REFRESH, { token: refreshToken }, device)

/** The sessions that the owner of a token sees. */
const seenBy = async ({ accessToken }: SessionTokens) => {
  const { data } = await post(SESSIONS, {}, {}, accessToken)
  return data.sessions.edges.map(({ node }) => node)
}

describe('sessions', () => {
  it('are the open ones of the caller, newest first, each with its device and address', async () => {
    const email = await newEmail()
    const phone = await signIn(email, { address: '2001:db8::7' })
    pass(1_000)
    const laptop = await signIn(email, { address: '203.0.113.5', userAgent: FIREFOX })
    await signIn(await newEmail())
    const now = fixture.now()
    expect(await seenBy(phone)).toEqual([
      {
        id: sidOf(laptop),
        createdAt: now.toISOString(),
        lastUsedAt: now.toISOString(),
        device: 'Firefox on Linux',
        address: '203.0.113.5',
        isCurrent: false,
        authenticationLevel: 'SINGLE_FACTOR',
      },
      expect.objectContaining({ id: sidOf(phone), address: '2001:db8::7', isCurrent: true }),
    ])
  })

  it('come in pages', async () => {
    const email = await newEmail()
    const all = []
    for (let time = 0; time < 3; time += 1) all.unshift(sidOf(await signIn(email)))
    const { accessToken } = await signIn(email)
    const first = (await post(SESSIONS, { first: 2 }, {}, accessToken)).data.sessions
    const { endCursor, hasNextPage } = first.pageInfo
    const rest = (await post(SESSIONS, { first: 2, after: endCursor }, {}, accessToken)).data.sessions
    expect(hasNextPage).toBe(true)
    const ids = [...first.edges, ...rest.edges].map(({ node }) => node.id)
    expect(new Set(ids)).toEqual(new Set([...all, String(decodeJwt(accessToken).sid)]))
  })

  it('follow where they are used', async () => {
    const tokens = await signIn(await newEmail(), { address: '203.0.113.5', userAgent: FIREFOX })
    pass(HOUR)
    const next = (await refresh(tokens.refreshToken, { address: '203.0.113.6', userAgent: 'curl/8' })).data
    expect(await seenBy(next.refreshAccessToken.session)).toMatchObject([
      { address: '203.0.113.6', device: 'curl/8', lastUsedAt: fixture.now().toISOString() },
    ])
  })

  it('are gone from the list when they were ended, or left alone for a day', async () => {
    const email = await newEmail()
    await signIn(email)
    pass(DAY)
    const left = await signIn(email)
    expect(await seenBy(left)).toHaveLength(1)
  })

  it('are nobody else’s to see', async () => {
    expect((await post(SESSIONS, {})).errors?.[0]?.extensions.reason).toBe('SIGN_IN_REQUIRED')
  })

  it('last for 30 days where their owner asked for it, however seldom they are used', async () => {
    const email = await newEmail()
    const [remembered, usual] = [await signIn(email, {}, true), await signIn(email, {}, false)]
    expect(new Date(remembered.refreshTokenExpiresAt).getTime() - fixture.now().getTime()).toBe(30 * DAY)
    expect(new Date(usual.refreshTokenExpiresAt).getTime() - fixture.now().getTime()).toBe(DAY)
    pass(29 * DAY)
    expect((await refresh(usual.refreshToken)).errors?.[0]?.extensions.reason).toBe('SESSION_ENDED')
    const next = (await refresh(remembered.refreshToken)).data.refreshAccessToken.session
    pass(DAY)
    expect((await refresh(next.refreshToken)).errors?.[0]?.extensions.reason).toBe('SESSION_ENDED')
  })
})

describe('what a client says of itself', () => {
  const addressOf = async (device: Device) => (await seenBy(await signIn(await newEmail(), device)))[0]?.address

  it.each([
    ['nothing from a stranger', { address: '203.0.113.9', forwarded: '10.0.0.1' }, '203.0.113.9'],
    ['what a trusted proxy saw', { address: '127.0.0.1', forwarded: '203.0.113.9' }, '203.0.113.9'],
    [
      'no more than that, whatever was before it',
      { address: '127.0.0.1', forwarded: '10.0.0.1, 203.0.113.9' },
      '203.0.113.9',
    ],
    [
      'what is before further trusted proxies',
      { address: '127.0.0.1', forwarded: '1.1.1.1, 203.0.113.9, 127.0.0.1' },
      '203.0.113.9',
    ],
    ['IPv4 in IPv6', { address: '127.0.0.1', forwarded: '::ffff:203.0.113.9' }, '203.0.113.9'],
    ['no address that is none', { address: '127.0.0.1', forwarded: "<script>' or 1=1 --" }, '127.0.0.1'],
    ['no address with a line break', { address: '127.0.0.1', forwarded: '203.0.113.9\r\nx-admin: true' }, '127.0.0.1'],
    ['none at all', { address: '127.0.0.1' }, '127.0.0.1'],
  ])('counts for its address: %s', async (_what, device, address) => {
    expect(await addressOf(device)).toBe(address)
  })

  it.each([
    ['line breaks', 'Bot\r\n{"level":50,"msg":"forged"}', 'Bot {"level":50,"msg":"forged"}'],
    ['SQL', "x'); delete from sessions; --", "x'); delete from sessions; --"],
    ['control characters', 'a\u0000b\u001b[31mc', 'a b [31mc'],
    ['10 kB', 'y'.repeat(10_000), 'y'.repeat(100)],
    ['half a character at its end', `${'z'.repeat(299)}😀`, 'z'.repeat(100)],
  ])('harms nobody as its device: %s', async (_what, userAgent, device) => {
    const tokens = await signIn(await newEmail(), { userAgent })
    expect((await seenBy(tokens))[0]?.device).toBe(device)
    const next = await refresh(tokens.refreshToken, { userAgent })
    expect(next.errors).toBeUndefined()
  })
})

describe('endSession', () => {
  it('ends one, which says so to whoever has its tokens, and leaves the others', async () => {
    const email = await newEmail()
    const [here, there] = [await signIn(email), await signIn(email)]
    const before = (await auditedIn(fixture.database)).length
    for (let time = 0; time < 2; time += 1) {
      const { data } = await post(END, { id: sidOf(there) }, {}, here.accessToken)
      expect(data).toEqual({ endSession: { endedSessionId: sidOf(there) } })
    }
    expect((await seenBy(here)).map(({ id }) => id)).toEqual([sidOf(here)])
    expect((await refresh(there.refreshToken)).errors?.[0]?.extensions.reason).toBe('SESSION_ENDED')
    expect((await refresh(here.refreshToken)).errors).toBeUndefined()
    expect((await auditedIn(fixture.database)).slice(before)).toMatchObject([
      { action: 'security:account:save', outcome: 'allowed', policyIds: ['account-self'] },
      { action: 'security:session:end', resource: { type: 'Session', id: sidOf(there) }, outcome: 'allowed' },
    ])
  })

  it('ends the one that asks', async () => {
    const tokens = await signIn(await newEmail())
    await post(END, { id: sidOf(tokens) }, {}, tokens.accessToken)
    expect((await refresh(tokens.refreshToken)).errors?.[0]?.extensions.reason).toBe('SESSION_ENDED')
  })

  it('knows nothing of the sessions of others, as of those that never were', async () => {
    const [victim, thief] = [await signIn(await newEmail()), await signIn(await newEmail())]
    for (const id of [sidOf(victim), randomUUID()]) {
      expect((await post(END, { id }, {}, thief.accessToken)).errors?.[0]?.extensions.reason).toBe('SESSION_NOT_FOUND')
    }
    expect((await post(END, { id: 'x' }, {}, thief.accessToken)).errors?.[0]?.extensions.reason).toBe('INPUT_INVALID')
    expect((await post(END, { id: sidOf(victim) })).errors?.[0]?.extensions.reason).toBe('SIGN_IN_REQUIRED')
    expect((await refresh(victim.refreshToken)).errors).toBeUndefined()
  })
})

describe('endOtherSessions', () => {
  it('leaves the one that asks, and what others have', async () => {
    const email = await newEmail()
    const [here, ...others] = [await signIn(email), await signIn(email), await signIn(email)]
    const stranger = await signIn(await newEmail())
    expect((await post(END_OTHERS, {}, {}, here?.accessToken)).data).toEqual({ endOtherSessions: { ended: 2 } })
    for (const { refreshToken } of others) {
      expect((await refresh(refreshToken)).errors?.[0]?.extensions.reason).toBe('SESSION_ENDED')
    }
    expect((await refresh(here?.refreshToken ?? '')).errors).toBeUndefined()
    expect((await refresh(stranger.refreshToken)).errors).toBeUndefined()
    expect((await post(END_OTHERS, {})).errors?.[0]?.extensions.reason).toBe('SIGN_IN_REQUIRED')
  })
})

describe('purge', () => {
  it('deletes what has been over for 30 days, with address and device, and nothing else', async () => {
    const email = await newEmail()
    const [ended, left] = [await signIn(email), await signIn(email)]
    await post(END, { id: sidOf(ended) }, {}, left.accessToken)
    const remembered = await signIn(email, {}, true)
    const kept = async () => {
      const rows = await fixture.database.selectFrom('sessions').select('id').execute()
      const ids = new Set<string>(rows.map(({ id }) => id))
      return [ended, left, remembered].map((tokens) => ids.has(sidOf(tokens)))
    }
    pass(30 * DAY - 1)
    await purgeExpired(fixture.database, fixture.now())
    expect(await kept()).toEqual([true, true, true])
    pass(2)
    await purgeExpired(fixture.database, fixture.now())
    expect(await kept()).toEqual([false, true, true])
    pass(DAY)
    await purgeExpired(fixture.database, fixture.now())
    expect(await kept()).toEqual([false, false, true])
    pass(30 * DAY)
    await purgeExpired(fixture.database, fixture.now())
    expect(await kept()).toEqual([false, false, false])
  })

  it('deletes links and counters once they mean nothing', async () => {
    const { database } = fixture
    await purgeExpired(database, fixture.now())
    const user = await database.selectFrom('users').select('id').executeTakeFirstOrThrow()
    const at = fixture.now()
    const link = { user_id: user.id, token_hash: Buffer.alloc(32, 1), expires_at: new Date(at.getTime() + HOUR) }
    await database.insertInto('email_verification_tokens').values(link).execute()
    await database.insertInto('password_reset_tokens').values(link).execute()
    await database
      .insertInto('sign_in_failures')
      .values({ key: 'k', failures: 1, locked_until: null, forgotten_at: link.expires_at })
      .execute()
    await database
      .insertInto('rate_limits')
      .values({ key: 'k', points: 1, expire: String(link.expires_at.getTime()) })
      .execute()
    expect(await purgeExpired(database, at)).toEqual({ sessions: 0, linkTokens: 0, challenges: 0, attempts: 0 })
    expect(await purgeExpired(database, new Date(at.getTime() + HOUR + 1))).toMatchObject({
      linkTokens: 2,
      challenges: 0,
      attempts: 2,
    })
  })
})
