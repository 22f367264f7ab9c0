import { randomUUID } from 'node:crypto'
import { Secret } from '@neotool/kit/config'
import { toAppError } from '@neotool/kit/errors'
import { createKeyedHash } from '@neotool/kit/keyed-hash'
import { openDatabase } from '@neotool/kit/postgres'
import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Tables } from '../src/database.ts'
import { createLimits, type Taker } from '../src/limits.ts'
import { type SecurityFixture, startSecurity } from './security-fixture.ts'

const MINUTE_MS = 60_000
const keyedHash = createKeyedHash(new Secret(Buffer.alloc(32, 3).toString('base64')))

let fixture: SecurityFixture
beforeAll(async () => {
  fixture = await startSecurity()
})
afterAll(() => fixture[Symbol.asyncDispose]())
afterEach(() => vi.useRealTimers())

let lastAddress = 0
const newAddress = (): string => {
  lastAddress += 1
  return `198.51.100.${lastAddress}`
}
const newAccount = (): string => `${randomUUID()}@example.org`

const limitsOf = (unlimitedNetworks: readonly string[] = []) =>
  createLimits({ database: fixture.database, keyedHash, unlimitedNetworks })

/** How many of so many attempts pass, and what the first refusal says. */
const attempts = async (times: number, taker: () => Taker, limits = limitsOf()) => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: times }, () => limits.take('resend-verification', taker())),
  )
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  return { passed: times - refused.length, refusal: refused[0]?.reason as unknown }
}

describe('a limit by account', () => {
  it('counts at once, from whatever address, and says when to try again', async () => {
    const account = newAccount()
    const { passed, refusal } = await attempts(8, () => ({ account, address: newAddress() }))
    expect(passed).toBe(3)
    expect(refusal).toMatchObject({ kind: 'limited', reason: 'TOO_MANY_ATTEMPTS' })
    const { retryAfterSeconds } = (refusal as { detail: { retryAfterSeconds: number } }).detail
    expect(retryAfterSeconds).toBeGreaterThan(3_500)
    expect(retryAfterSeconds).toBeLessThanOrEqual(3_600)
  })

  it('is one for all replicas and all spellings of an e-mail', async () => {
    const account = newAccount()
    await attempts(3, () => ({ account, address: newAddress() }))
    const other = await attempts(1, () => ({ account: account.toUpperCase(), address: newAddress() }), limitsOf())
    expect(other.passed).toBe(0)
  })

  it('begins anew when its time is over, and not before', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const limits = limitsOf()
    const account = newAccount()
    await attempts(4, () => ({ account, address: newAddress() }), limits)
    vi.setSystemTime(Date.now() + 59 * MINUTE_MS)
    expect((await attempts(1, () => ({ account, address: newAddress() }), limits)).passed).toBe(0)
    vi.setSystemTime(Date.now() + 2 * MINUTE_MS)
    expect((await attempts(4, () => ({ account, address: newAddress() }), limits)).passed).toBe(3)
  })

  it('forgets what it counted where its owner has proved themselves', async () => {
    const limits = limitsOf()
    const account = newAccount()
    await attempts(3, () => ({ account, address: newAddress() }), limits)
    await limits.forget('resend-verification', account.toUpperCase())
    expect((await attempts(1, () => ({ account, address: newAddress() }), limits)).passed).toBe(1)
  })

  it('is not used up from an address that is refused', async () => {
    const [account, address] = [newAccount(), newAddress()]
    await attempts(30, () => ({ account: newAccount(), address }))
    expect((await attempts(10, () => ({ account, address }))).passed).toBe(0)
    expect((await attempts(3, () => ({ account, address: newAddress() }))).passed).toBe(3)
  })
})

describe('a limit by address', () => {
  it('takes all of an IPv6 /64 for one', async () => {
    const anywhere = () => `2001:db8:0:1:${Math.floor(Math.random() * 65_536).toString(16)}::9`
    expect((await attempts(40, () => ({ address: anywhere() }))).passed).toBe(30)
    expect((await attempts(1, () => ({ address: '2001:db8:0:2::9' }))).passed).toBe(1)
  })

  it('does not hold for networks that are exempt', async () => {
    const limits = limitsOf(['203.0.113.0/24', '2001:db8:ff::/48'])
    expect((await attempts(40, () => ({ address: '203.0.113.7' }), limits)).passed).toBe(40)
    expect((await attempts(40, () => ({ address: '2001:db8:ff:1::1' }), limits)).passed).toBe(40)
    expect((await attempts(40, () => ({ address: '203.0.114.7' }), limits)).passed).toBe(30)
  })
})

it('stores neither an account nor an address', async () => {
  const [account, address] = [newAccount(), newAddress()]
  await attempts(1, () => ({ account, address }))
  const rows = JSON.stringify(await fixture.database.selectFrom('rate_limits').selectAll().execute())
  expect(rows).toContain(keyedHash(account))
  expect(rows).not.toContain(account)
  expect(rows).not.toContain(address)
})

it('refuses where nobody can count, as an outage and not as a limit', async () => {
  const url = new Secret('postgres://nobody:pw@127.0.0.1:9/nothing')
  const log = createLogger({ service: 'security', level: 'silent' })
  const metrics = createMetrics('security')
  await using database = openDatabase<Tables>({ url, service: 'security', log, metrics })
  const limits = createLimits({ database, keyedHash, unlimitedNetworks: [] })
  const { passed, refusal } = await attempts(1, () => ({ address: newAddress() }), limits)
  expect(passed).toBe(0)
  expect(toAppError(refusal)).toMatchObject({ kind: 'unavailable', reason: 'DATABASE_UNAVAILABLE' })
})
