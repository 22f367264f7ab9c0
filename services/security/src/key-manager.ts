import { AppError, conflict, unavailable } from '@neotool/kit/errors'
import { withRequiredKid } from '@neotool/kit/key-set'
import type { Logger } from '@neotool/kit/telemetry'
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import {
  addNextKey,
  currentKey,
  hasNextKey,
  type KeyFacts,
  type KeyPair,
  type KeyRing,
  LOOK_EVERY_MS,
  makeKeyPair,
  type Retirement,
  retireKeys,
  rotateKeys,
} from './key-ring.ts'

export type SigningKey = Pick<KeyPair, 'kid' | 'privateKey'>

/** Where the keys of access tokens come from. Security alone has one: everybody else reads the public keys over HTTP. */
export type KeyManager = {
  /** The key that signs from now on. */
  signingKey(): Promise<SigningKey>
  /** All keys that a token may be signed with, soon or still, without their private parts; the same object until they change. */
  publicKeys(): Promise<JSONWebKeySet>
  /** Every key there is and some that were, newest first, as the place where they are kept knows them now. */
  list(): Promise<readonly KeyFacts[]>
  /** Has the next key sign, on every replica a moment later, and makes a new next one; answers as `list` does. */
  rotate(): Promise<readonly KeyFacts[]>
  retire(retirement: Retirement): Promise<readonly KeyFacts[]>
  /** Throws why the place where the keys are kept cannot be used. Signing goes on with the keys in memory. */
  check(): Promise<void>
  /** Looks no more for changes. */
  stop(): void
}

/** A place where keys are kept, such as a file or Vault. */
export type KeyRingStore = {
  /** Differs once the keys have changed; cheap, because it is asked for every second. */
  version(): Promise<string>
  read(): Promise<StoredKeyRing>
  /** Replaces the keys of that version; false where somebody else has replaced them. */
  replace(ring: KeyRing, version: string): Promise<boolean>
}

export type StoredKeyRing = { readonly ring: KeyRing; readonly version: string }

type Options = { readonly log: Logger; readonly now: () => Date; readonly lookEveryMs?: number }

/** Keys in memory over the store that they come from: read once now, and again within a second of each change. */
export const openKeyManager = async (
  store: KeyRingStore,
  { log, now, lookEveryMs = LOOK_EVERY_MS }: Options,
): Promise<KeyManager> => {
  let held = hold(await store.read())
  let isStopped = false
  let isFailing = false

  const adopt = (stored: StoredKeyRing) => {
    held = hold(stored)
    log.info({ kid: held.signing.kid, published: held.published.keys.map(({ kid }) => kid) }, 'the keys have changed')
  }
  const look = shared(async () => {
    if ((await store.version()) === held.version) return
    const stored = await store.read()
    if (stored.version !== held.version) adopt(stored)
  })
  const watch = async () => {
    try {
      await look()
      if (isFailing) log.info('the keystore answers again')
      isFailing = false
    } catch (error) {
      if (!isFailing) log.warn({ err: error }, 'the keystore cannot be read: signing goes on with the keys in memory')
      isFailing = true
    }
    if (!isStopped) setTimeout(watch, lookEveryMs).unref()
  }
  setTimeout(watch, lookEveryMs).unref()

  const change = async (decide: (ring: KeyRing) => Promise<KeyRing> | KeyRing): Promise<readonly KeyFacts[]> => {
    // The first to replace the keys of a version wins; the others decide anew on what is there then.
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const { ring, version } = await reachable(store.read())
      const changed = await decide(ring)
      if (changed === ring) return factsOf(ring)
      if (!(await reachable(store.replace(changed, version)))) continue
      // Twice: the first may be a look that began before the change.
      await look()
      await look()
      return factsOf(changed)
    }
    throw conflict('KEYS_CHANGED', 'Somebody else changes the keys at this moment. Look at them again.')
  }

  return {
    signingKey: async () => held.signing,
    publicKeys: async () => held.published,
    list: async () => factsOf((await reachable(store.read())).ring),
    rotate: async () => {
      // A keystore of the first release has no next key, nor has one whose next key was compromised.
      await change(async (ring) => (hasNextKey(ring) ? ring : addNextKey(ring, await makeKeyPair(), now())))
      return change(async (ring) => {
        // Whether it is allowed is known before the seconds that a new key takes.
        rotateKeys(ring, currentKey(ring), now())
        return rotateKeys(ring, await makeKeyPair(), now())
      })
    },
    retire: (retirement) => change((ring) => retireKeys(ring, retirement, now())),
    check: look,
    stop: () => {
      isStopped = true
    },
  }
}

/** The key manager's keys for createAuthenticate; a key that is added counts at once. */
export const verificationKeys = (keyManager: Pick<KeyManager, 'publicKeys'>): JWTVerifyGetKey => {
  let known: { readonly keys: JSONWebKeySet; readonly find: JWTVerifyGetKey } | undefined
  return withRequiredKid(async (header, token) => {
    const keys = await keyManager.publicKeys()
    if (known?.keys !== keys) known = { keys, find: createLocalJWKSet(keys) }
    return known.find(header, token)
  })
}

type Held = { readonly version: string; readonly signing: SigningKey; readonly published: JSONWebKeySet }

const hold = ({ ring, version }: StoredKeyRing): Held => ({
  version,
  signing: currentKey(ring),
  published: { keys: ring.flatMap((key) => (key.state === 'retired' ? [] : [key.publicJwk])) },
})

/** Without what is secret, newest first. */
const factsOf = (ring: KeyRing): readonly KeyFacts[] =>
  ring
    .map(({ kid, state, createdAt, since }) => ({ kid, state, createdAt, since }))
    // A key that was added later stands later, also where two were made in one moment.
    .toReversed()
    .toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())

/** Several who ask at once get one answer. */
const shared = (work: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> | undefined
  return () => {
    running ??= work().finally(() => {
      running = undefined
    })
    return running
  }
}

const reachable = <Value>(answer: Promise<Value>): Promise<Value> =>
  answer.catch((error: unknown) => {
    if (error instanceof AppError) throw error
    throw unavailable('KEYSTORE_UNAVAILABLE', 'The keystore cannot be used now. Try again in a moment.', error)
  })
