/*
 * The keys of access tokens over time, as plain rules. A key is `next` while verifiers learn of it, `current` while it
 * signs, `previous` while tokens that it signed are about, and `retired` from then on. A private half is there only as
 * long as it may sign: a rotation drops that of the key that it replaces.
 */
import { createHash, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { type AppError, conflict, notFound } from '@neotool/kit/errors'
import type { JWK } from 'jose'
import { ACCESS_TOKEN_LIFE_MS } from './session.ts'

export type KeyState = 'next' | 'current' | 'previous' | 'retired'

export type KeyPair = { readonly kid: string; readonly publicJwk: JWK; readonly privateKey: KeyObject }

/** What anybody may know of a key. */
export type KeyFacts = {
  /** Its thumbprint by RFC 7638. */
  readonly kid: string
  readonly state: KeyState
  readonly createdAt: Date
  /** When it came to its state. */
  readonly since: Date
}

export type Key = KeyFacts &
  (
    | ({ readonly state: 'next' | 'current' } & KeyPair)
    | { readonly state: 'previous'; readonly publicJwk: JWK }
    | { readonly state: 'retired' }
  )

/** Exactly one key is current, at most one is next. */
export type KeyRing = readonly Key[]

/** How often each replica of security looks whether the keys have changed. */
export const LOOK_EVERY_MS = 1_000

/** For how long a cache may keep the public keys. Verifiers ask rarely, and then they want what is true now. */
export const JWKS_MAX_AGE_SECONDS = 5

/**
 * A key must have been published for so long before it signs. Whoever meets its kid after that and asks for the keys finds
 * it: replicas have noticed it (1 s, or 3 with a slow keystore), caches have let go of the list without it (5 s), and so
 * has a verifier that forged kids keep busy (it asks at most once a second).
 */
export const PUBLISHED_BEFORE_MS = 10_000

/** After its last token has expired, with time for replicas that noticed the rotation late and for clocks that differ. */
export const RETIRED_AFTER_MS = ACCESS_TOKEN_LIFE_MS + 5 * 60_000

// Retired keys are history; a year of monthly rotations is enough of it.
const RETIRED_KEPT = 12

/** A new RSA pair of 4096 bits, which takes seconds. */
export const makeKeyPair = async (): Promise<KeyPair> =>
  toKeyPair((await promisify(generateKeyPair)('rsa', { modulusLength: 4096 })).privateKey)

/** A private key with what follows from it; throws where it is not RSA. */
export const toKeyPair = (privateKey: KeyObject): KeyPair => ({
  privateKey,
  ...toPublicHalf(createPublicKey(privateKey)),
})

/** A public key as JWKS shows it; throws where it is not RSA. */
export const toPublicHalf = (publicKey: KeyObject): Pick<KeyPair, 'kid' | 'publicJwk'> => {
  const { kty, n, e } = publicKey.export({ format: 'jwk' })
  if (kty !== 'RSA' || n === undefined || e === undefined) throw new Error(`a key is ${kty}, not RSA`)
  // RFC 7638: the required members in the order of their names, without white space.
  const kid = createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url')
  return { kid, publicJwk: { kty, n, e, kid, alg: 'RS256', use: 'sig' } }
}

/** The keys of a new installation. */
export const newKeyRing = ([current, next]: readonly [KeyPair, KeyPair], now: Date): KeyRing => {
  const times = { createdAt: now, since: now }
  return [
    { ...current, ...times, state: 'current' },
    { ...next, ...times, state: 'next' },
  ]
}

export const currentKey = (ring: KeyRing): KeyPair => {
  const current = ring.find(({ state }) => state === 'current')
  if (current?.state !== 'current') throw new Error('No key is current.')
  return current
}

export const hasNextKey = (ring: KeyRing): boolean => ring.some(({ state }) => state === 'next')

/**
 * Has the next key sign from now on, and makes `fresh` the next one. Throws NEXT_KEY_TOO_NEW where verifiers may not find it
 * yet, and NEXT_KEY_MISSING where there is none.
 */
export const rotateKeys = (ring: KeyRing, fresh: KeyPair, now: Date): KeyRing => {
  const next = ring.find(({ state }) => state === 'next')
  if (next === undefined) throw conflict('NEXT_KEY_MISSING', 'There is no next key that could sign.')
  const waitMs = next.since.getTime() + PUBLISHED_BEFORE_MS - now.getTime()
  if (waitMs > 0)
    throw tooEarly('NEXT_KEY_TOO_NEW', 'The next key is too new: not every service can know it yet.', waitMs)
  return addNextKey(
    ring.map((key) => {
      if (key.state === 'next') return { ...key, state: 'current', since: now }
      return key.state === 'current' ? toPrevious(key, now) : key
    }),
    fresh,
    now,
  )
}

/** Publishes a key that is to sign later. */
export const addNextKey = (ring: KeyRing, fresh: KeyPair, now: Date): KeyRing => [
  ...ring,
  { ...fresh, state: 'next', createdAt: now, since: now },
]

export type Retirement = {
  /** All previous keys that no valid token is signed with, when it is left out. */
  readonly kid?: string | undefined
  /** At once, although tokens that it signed are valid: their owners have to refresh them. */
  readonly isCompromised?: boolean
}

/**
 * Ends keys. Throws KEY_NOT_FOUND, KEY_SIGNS for the current key, and KEY_STILL_NEEDED while tokens that a key has signed may
 * be valid.
 */
export const retireKeys = (ring: KeyRing, { kid, isCompromised = false }: Retirement, now: Date): KeyRing => {
  if (kid !== undefined) assertRetirable(ring, kid, { isCompromised, now })
  const isMeant = (key: Key) =>
    kid === undefined ? key.state === 'previous' && waitOf(key, now) <= 0 : key.kid === kid
  const after = ring.map((key) => (key.state !== 'retired' && isMeant(key) ? toRetired(key, now) : key))
  const history = after
    .filter(({ state }) => state === 'retired')
    .toSorted((one, other) => other.since.getTime() - one.since.getTime())
  const forgotten = new Set(history.slice(RETIRED_KEPT))
  // The same ring where nothing changes.
  return after.every((key, index) => key === ring[index]) ? ring : after.filter((key) => !forgotten.has(key))
}

const assertRetirable = (ring: KeyRing, kid: string, { isCompromised, now }: { isCompromised: boolean; now: Date }) => {
  const key = ring.find((each) => each.kid === kid)
  if (key === undefined) throw notFound('KEY_NOT_FOUND', 'There is no such key.')
  if (key.state === 'current') throw conflict('KEY_SIGNS', 'This key signs. Rotate first, and then retire it.')
  const waitMs = key.state === 'previous' && !isCompromised ? waitOf(key, now) : 0
  if (waitMs > 0) throw tooEarly('KEY_STILL_NEEDED', 'Tokens that this key has signed may still be valid.', waitMs)
}

const waitOf = ({ since }: Key, now: Date): number => since.getTime() + RETIRED_AFTER_MS - now.getTime()

const factsOf = ({ kid, createdAt }: Key) => ({ kid, createdAt })

const toPrevious = (key: Key & KeyPair, now: Date): Key => ({
  ...factsOf(key),
  publicJwk: key.publicJwk,
  state: 'previous',
  since: now,
})

const toRetired = (key: Key, now: Date): Key => ({ ...factsOf(key), state: 'retired', since: now })

const tooEarly = (reason: string, message: string, waitMs: number): AppError => {
  const retryAfterSeconds = Math.ceil(waitMs / 1_000)
  return conflict(reason, `${message} Try again in ${retryAfterSeconds} s.`, { retryAfterSeconds })
}
