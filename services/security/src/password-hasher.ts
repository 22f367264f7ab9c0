/**
 * Argon2id with OWASP's parameters. One hash takes 19 MiB and tens of milliseconds, so a flood of sign-ins is the cheapest
 * way to bring the service down: hashes run a few at a time, some more wait, the rest is refused.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
import { randomBytes } from 'node:crypto'
import type { Metrics } from '@neotool/kit/telemetry'
import { hash, type Options, parseOptions, verify } from '@node-rs/argon2'
import type { Password } from './password.ts'
import { createWorkLimit } from './work-limit.ts'

export type Verdict = {
  readonly isRight: boolean /** Right, but hashed in a former way. */
  readonly isOutdated: boolean
}

export type PasswordHasher = {
  hash(password: Password): Promise<string>
  /** Takes the same work whether or not there is a stored hash, so that time does not tell who has an account. */
  verify(password: Password, storedHash: string | undefined): Promise<Verdict>
}

const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const satisfies Options

// libuv runs these on its four threads, which also sign tokens and resolve names: some must stay free.
const CONCURRENCY = 2
// At some 30 ms a hash the last one waits about a second; longer than that a person presses the button again.
const MAX_WAITING = 64

/** Makes the hash that unknown users are checked against, then is ready. */
export const createPasswordHasher = async (metrics: Metrics): Promise<PasswordHasher> => {
  const limit = createWorkLimit({ concurrency: CONCURRENCY, maxWaiting: MAX_WAITING })
  metrics.gauge('password_hashing_waiting', 'Password hashes that wait for their turn', limit.waiting)
  const nobodysHash = await hash(randomBytes(32), PARAMETERS)
  return {
    hash: (password) => limit.run(() => hash(password, PARAMETERS)),
    verify: async (password, storedHash) => {
      const matches = await limit.run(() => verify(storedHash ?? nobodysHash, password))
      const isRight = matches && storedHash !== undefined
      return { isRight, isOutdated: isRight && isOutdated(storedHash) }
    },
  }
}

const isOutdated = (storedHash: string): boolean => {
  const used = parseOptions(storedHash)
  return Object.entries(PARAMETERS).some(([name, value]) => used[name as keyof typeof PARAMETERS] !== value)
}
