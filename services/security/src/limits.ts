/**
 * How often somebody may ask for what is worth guessing or flooding, on one page. Counted in PostgreSQL, so that all replicas
 * count together; keys are keyed hashes, so the table names neither an e-mail nor an address.
 */
import { BlockList, isIPv6 } from 'node:net'
import { networkOf } from '@neotool/kit/address'
import { type AppError, limited } from '@neotool/kit/errors'
import type { KeyedHash } from '@neotool/kit/keyed-hash'
import type { Database } from '@neotool/kit/postgres'
import { CompiledQuery } from 'kysely'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { Tables } from './database.ts'

/** So many in so many seconds. */
type Rate = { readonly most: number; readonly seconds: number }

const MINUTE = 60
const HOUR = 3_600

/**
 * By account: of an e-mail also where there is no account, so that a limit tells nobody whether there is one. By address:
 * IPv6 by its /64; many people may share one, so these are wide.
 *
 * Passwords have no limit by account here: whoever knows an e-mail could keep its owner out. See sign-in-lock.ts.
 */
const LIMITS = {
  'sign-in': { byAddress: { most: 100, seconds: 10 * MINUTE } },
  'sign-up': { byAccount: { most: 5, seconds: HOUR }, byAddress: { most: 30, seconds: HOUR } },
  refresh: { byAccount: { most: 240, seconds: MINUTE }, byAddress: { most: 1_200, seconds: MINUTE } },
  'verify-email': { byAddress: { most: 60, seconds: 10 * MINUTE } },
  'resend-verification': { byAccount: { most: 3, seconds: HOUR }, byAddress: { most: 30, seconds: HOUR } },
  'request-password-reset': { byAccount: { most: 3, seconds: HOUR }, byAddress: { most: 30, seconds: HOUR } },
  'reset-password': { byAddress: { most: 60, seconds: 10 * MINUTE } },
  // Codes of a second factor and passwords typed again: six digits stand ten tries in a quarter of an hour for years.
  'second-factor': { byAccount: { most: 10, seconds: 15 * MINUTE }, byAddress: { most: 100, seconds: 10 * MINUTE } },
  'federated-sign-in': { byAddress: { most: 100, seconds: 10 * MINUTE } },
  // By account: of a client id.
  token: { byAccount: { most: 120, seconds: MINUTE }, byAddress: { most: 600, seconds: MINUTE } },
} as const satisfies Record<string, { readonly byAccount?: Rate; readonly byAddress: Rate }>

export type LimitName = keyof typeof LIMITS

/** Whose turn it is. `account` is an e-mail, a user id or a client id; the case of its letters does not count. */
export type Taker = { readonly account?: string; readonly address?: string }

export type Limits = {
  /**
   * Counts one attempt; throws `limited` with `retryAfterSeconds` where there were too many, SERVICE_UNAVAILABLE where
   * nobody can count. Call it outside of a transaction: it takes a connection of its own.
   */
  take(name: LimitName, taker: Taker): Promise<void>
  /** Forgets the attempts on an account, because the last one has shown that its owner makes them. */
  forget(name: LimitName, account: string): Promise<void>
}

export type LimitOptions = {
  readonly database: Database<Tables>
  readonly keyedHash: KeyedHash
  /** Networks, `10.0.0.0/8`, from which any number may come: no limit by address. */
  readonly unlimitedNetworks: readonly string[]
}

/** Limits that all replicas share. Without the database they refuse: what they guard needs it just as well. */
export const createLimits = ({ database, keyedHash, unlimitedNetworks }: LimitOptions): Limits => {
  const client = queriesOn(database)
  const counters = new Map<string, RateLimiterPostgres>()
  for (const [name, rates] of Object.entries<{ byAccount?: Rate; byAddress?: Rate }>(LIMITS)) {
    for (const [by, rate] of Object.entries(rates)) counters.set(`${name} ${by}`, counterOf(client, name, by, rate))
  }
  const isUnlimited = matcherOf(unlimitedNetworks)

  const count = async (name: LimitName, by: 'byAccount' | 'byAddress', whose: string): Promise<void> => {
    try {
      await counters.get(`${name} ${by}`)?.consume(keyedHash(whose))
    } catch (refusal) {
      throw refusal instanceof RateLimiterRes ? tooMany(Math.ceil(refusal.msBeforeNext / 1_000)) : refusal
    }
  }

  return {
    // The address first: what comes from one that is refused must not use up what an account may do.
    take: async (name, { account, address }) => {
      if (address !== undefined && !isUnlimited(address)) await count(name, 'byAddress', networkOf(address))
      if (account !== undefined) await count(name, 'byAccount', account.toLowerCase())
    },
    forget: async (name, account) => {
      await counters.get(`${name} byAccount`)?.delete(keyedHash(account.toLowerCase()))
    },
  }
}

const tooMany = (retryAfterSeconds: number): AppError =>
  limited('TOO_MANY_ATTEMPTS', `Too many attempts. Try again in ${inWords(retryAfterSeconds)}.`, retryAfterSeconds)

/** A number of seconds as people say it. */
export const inWords = (seconds: number): string => {
  const minutes = Math.ceil(seconds / MINUTE)
  if (seconds > MINUTE) return `${minutes} minutes`
  return seconds === 1 ? 'a second' : `${seconds} seconds`
}

type Queries = {
  query(query: { text: string; values?: readonly unknown[] }): Promise<{ rows: unknown[]; rowCount: number }>
}

/** The limiter's statements through the pool that we have, and never prepared: PgBouncer hands connections around. */
const queriesOn = (database: Database<Tables>): Queries => ({
  query: async ({ text, values = [] }) => {
    const { rows, numAffectedRows } = await database.executeQuery(CompiledQuery.raw(text, [...values]))
    return { rows, rowCount: rows.length > 0 ? rows.length : Number(numAffectedRows ?? 0) }
  },
})

const counterOf = (client: Queries, name: string, by: string, { most, seconds }: Rate): RateLimiterPostgres =>
  new RateLimiterPostgres({
    storeClient: client,
    storeType: 'client',
    tableName: 'rate_limits',
    tableCreated: true,
    keyPrefix: `${name}:${by}`,
    points: most,
    duration: seconds,
    // Who goes on after the refusal is refused from memory: a flood must not become one of statements.
    inMemoryBlockOnConsumed: most + 1,
    // Our purge does that.
    clearExpiredByTimeout: false,
  })

const matcherOf = (networks: readonly string[]): ((address: string) => boolean) => {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    list.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family)
  }
  return (address) => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}
