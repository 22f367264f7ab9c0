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

/** A key that is no longer published verifies nothing after this time, and the fetch itself. */
const REFRESH_MS = 10_000
/** For so long the keys of before are good where security does not answer. */
const KEPT_MS = 600_000
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
  const remote = createRemoteJWKSet(new URL(jwksUrl), {
    cooldownDuration: 1_000,
    cacheMaxAge: keptMs,
    timeoutDuration: 3_000,
  })
  const hasKeys = () => remote.jwks() !== undefined
  let nextAt = 0
  let isFailing = false
  const fetchKeys = async (): Promise<void> => {
    try {
      await remote.reload()
      if (isFailing) log.info('the keys of access tokens can be fetched again')
      isFailing = false
    } catch (error) {
      if (!isFailing) log.warn({ err: error, jwksUrl }, 'the keys of access tokens cannot be fetched')
      isFailing = true
    }
  }
  const loop = startLoop({
    name: 'key set',
    pollMs: Math.min(POLL_MS, refreshMs),
    log,
    work: async () => {
      // Nobody waits for the next keys; for the first ones this process does.
      if (performance.now() >= nextAt || !hasKeys()) {
        nextAt = performance.now() + refreshMs
        await fetchKeys()
      }
      return 'wait'
    },
    end: async () => {},
  })
  return {
    keys: withRequiredKid(remote),
    fetched: async () => {
      if (!hasKeys()) throw unavailable('KEYS_UNAVAILABLE', 'the keys of access tokens were never had')
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
