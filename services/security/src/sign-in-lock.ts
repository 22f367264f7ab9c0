/**
 * Wrong passwords make their sender wait, longer each time; nobody is locked out for good.
 *
 * - By e-mail and network: after five failures half a minute, at last a quarter of an hour.
 * - By e-mail, from whichever networks: after twenty failures a minute, at last an hour. It does not count, and does not
 *   hold, for a network from which the owner has had a session: whoever guesses elsewhere cannot keep them out.
 *
 * All of it is the same for e-mails without an account.
 */
import { networkOf } from '@neotool/kit/address'
import { type AppError, limited } from '@neotool/kit/errors'
import type { KeyedHash } from '@neotool/kit/keyed-hash'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from './database.ts'
import { inWords } from './limits.ts'
import type { SessionStore } from './session-store.ts'
import type { LockRule, SignInFailureStore } from './sign-in-failure-store.ts'

const BY_NETWORK: LockRule = { threshold: 5, firstSeconds: 30, longestSeconds: 15 * 60 }
const BY_ACCOUNT: LockRule = { threshold: 20, firstSeconds: 60, longestSeconds: 60 * 60 }

/** A password that is about to be checked; until it turns out right it counts as wrong. */
export type Attempt = {
  /** It has locked what was open: if it is wrong, the owner is to hear of it. */
  readonly hasLocked: boolean
  /** The password was right: failures from this network are forgotten. */
  wasRight(): Promise<void>
  /** Nobody knows whether it was right, because it could not be checked. */
  takeBack(): Promise<void>
}

export type SignInLock = {
  /** Throws `limited` with the reason SIGN_IN_LOCKED and `retryAfterSeconds` while it is locked. Outside of a transaction. */
  begin(email: string, address: string): Promise<Attempt>
  /** Opens the account to all networks again, as after its password was reset by mail. */
  open(email: string): Promise<void>
}

type Deps = {
  database: Database<Tables>
  sessions: SessionStore
  signInFailures: SignInFailureStore
  keyedHash: KeyedHash
  now: () => Date
}

export const createSignInLock = ({ database, sessions, signInFailures, keyedHash, now }: Deps): SignInLock => {
  const accountKey = (email: string): string => keyedHash(`sign-in ${email.toLowerCase()}`)
  return {
    begin: async (email, address) => {
      const network = networkOf(address)
      const account = accountKey(email)
      const pair = keyedHash(`sign-in ${email.toLowerCase()} ${network}`)
      const at = now()
      const { isKnown, hasLocked } = await inTransaction(database, async (tx) => {
        const count = async (key: string, rule: LockRule): Promise<boolean> => {
          const counted = await signInFailures.count(tx, key, rule, at)
          // Rolls back what was counted under the other key.
          if ('lockedUntil' in counted) throw signInLocked(at, counted.lockedUntil)
          return counted.failures === rule.threshold
        }
        const isKnown = await sessions.hasBeenAt(tx, email, network)
        const byNetwork = await count(pair, BY_NETWORK)
        const byAccount = !isKnown && (await count(account, BY_ACCOUNT))
        return { isKnown, hasLocked: byNetwork || byAccount }
      })
      return {
        hasLocked,
        wasRight: () =>
          inTransaction(database, async (tx) => {
            await signInFailures.forget(tx, pair)
            if (!isKnown) await signInFailures.takeBack(tx, account)
          }),
        takeBack: () =>
          inTransaction(database, async (tx) => {
            await signInFailures.takeBack(tx, pair)
            if (!isKnown) await signInFailures.takeBack(tx, account)
          }),
      }
    },
    open: (email) => signInFailures.forget(database, accountKey(email)),
  }
}

const signInLocked = (now: Date, until: Date): AppError => {
  const seconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1_000))
  return limited('SIGN_IN_LOCKED', `Too many wrong passwords. Try again in ${inWords(seconds)}.`, seconds)
}
