import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import { unavailable } from './errors.ts'
import type { ReadinessCheck } from './http.ts'
import { startLoop } from './loop.ts'
import type { Logger } from './telemetry.ts'

export type KeySet = {
  readonly keys: JWTVerifyGetKey
  /** Fails until the keys have been fetched once: until then this process can check no token. */
  readonly fetched: ReadinessCheck
  stop(): Promise<void>
}

// A key that security no longer publishes verifies nothing after this time.
const REFRESH_MS = 10_000
// For so long the keys of before are good where security does not answer.
const KEPT_MS = 600_000
const AT_MOST_EVERY_MS = 1_000
const POLL_MS = 500

/**
 * Starts to follow the keys of security's JWKS (RFC 7517), before anybody needs them. An unknown `kid` makes it look again
 * at once, but not more than once a second, so that forged tokens cannot make us flood security; a kid that is still
 * unknown then fails the token alone.
 */
export const startKeySet = (
  jwksUrl: string,
  { log, refreshMs = REFRESH_MS, keptMs = KEPT_MS }: { log: Logger; refreshMs?: number; keptMs?: number },
): KeySet => {
  // When it fetches is decided here: jose counts from the last answer, so it would ask without a pause while there is none.
  const never = { cooldownDuration: Number.POSITIVE_INFINITY, cacheMaxAge: Number.POSITIVE_INFINITY }
  const remote = createRemoteJWKSet(new URL(jwksUrl), { ...never, timeoutDuration: 3_000 })
  let askedAt = Number.NEGATIVE_INFINITY
  let fetchedAt = Number.NEGATIVE_INFINITY
  let failure: unknown
  let underWay: Promise<void> | undefined
  const ask = async (): Promise<void> => {
    askedAt = performance.now()
    try {
      await remote.reload()
      if (failure !== undefined) log.info('the keys of access tokens can be fetched again')
      failure = undefined
      fetchedAt = performance.now()
    } catch (error) {
      if (failure === undefined) log.warn({ err: error, jwksUrl }, 'the keys of access tokens cannot be fetched')
      failure = error
      throw error
    } finally {
      underWay = undefined
    }
  }
  /** Whoever comes within a second after a question gets its answer, or why there was none. */
  const fetchKeys = async (): Promise<void> => {
    if (underWay === undefined && performance.now() < askedAt + AT_MOST_EVERY_MS) {
      if (failure !== undefined) throw failure
      return
    }
    underWay ??= ask()
    await underWay
  }
  const find: JWTVerifyGetKey = async (header, token) => {
    if (performance.now() >= fetchedAt + keptMs) await fetchKeys()
    try {
      return await remote(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
    }
    await fetchKeys()
    return remote(header, token)
  }
  const loop = startLoop({
    name: 'key set',
    pollMs: Math.min(POLL_MS, refreshMs),
    log,
    work: async () => {
      // It has told why it failed, and is tried again in a second.
      if (performance.now() >= fetchedAt + refreshMs) await fetchKeys().catch(() => {})
      return 'wait'
    },
    end: async () => {},
  })
  return {
    keys: withRequiredKid(find),
    fetched: async () => {
      if (remote.jwks() === undefined) {
        throw unavailable('KEYS_UNAVAILABLE', 'the keys of access tokens have not been fetched yet')
      }
    },
    stop: () => loop.stop(),
  }
}

/** jose takes the only key of a set when a token names none; we want every token to name its key. */
export const withRequiredKid =
  (keys: JWTVerifyGetKey): JWTVerifyGetKey =>
  (header, token) => {
    if (typeof header?.kid !== 'string') throw new errors.JWKSNoMatchingKey()
    return keys(header, token)
  }
