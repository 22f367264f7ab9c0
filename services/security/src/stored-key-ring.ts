import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { type Key, type KeyRing, toKeyPair, toPublicHalf } from './key-ring.ts'

const times = {
  createdAt: z.iso.datetime(),
  /** When it came to its state; keystores of the first release do not tell. */
  since: z.iso.datetime().optional(),
} as const

const storedKey = z.discriminatedUnion('state', [
  /** PKCS 8, PEM. */
  z.object({ ...times, state: z.enum(['next', 'current']), privateKey: z.string() }),
  /** SPKI, PEM. */
  z.object({ ...times, state: z.literal('previous'), publicKey: z.string() }),
  z.object({ ...times, state: z.literal('retired'), kid: z.string() }),
])
type StoredKey = z.output<typeof storedKey>

const storedKeyRing = z
  .object({ keys: z.array(storedKey) })
  .refine(({ keys }) => keys.filter(({ state }) => state === 'current').length === 1, 'exactly one key must be current')
  .refine(({ keys }) => keys.filter(({ state }) => state === 'next').length <= 1, 'at most one key can be next')

/** The keys as JSON, for a place that keeps secrets. */
export const serializeKeyRing = (ring: KeyRing): { readonly keys: readonly StoredKey[] } => ({ keys: ring.map(store) })

/** The keys that such JSON holds; throws where it is anything else. */
export const parseKeyRing = (stored: unknown): KeyRing => storedKeyRing.parse(stored).keys.map(load)

const store = (key: Key): StoredKey => {
  const written = { createdAt: key.createdAt.toISOString(), since: key.since.toISOString() }
  switch (key.state) {
    case 'next':
    case 'current':
      return { ...written, state: key.state, privateKey: toPem(key.privateKey, 'pkcs8') }
    case 'previous':
      return {
        ...written,
        state: key.state,
        publicKey: toPem(createPublicKey({ key: key.publicJwk, format: 'jwk' }), 'spki'),
      }
    case 'retired':
      return { ...written, state: key.state, kid: key.kid }
  }
}

const toPem = (key: KeyObject, type: 'pkcs8' | 'spki'): string =>
  key.export({ type, format: 'pem' } as { type: 'pkcs8'; format: 'pem' }).toString()

const load = (key: StoredKey): Key => {
  const read = { createdAt: new Date(key.createdAt), since: new Date(key.since ?? key.createdAt) }
  switch (key.state) {
    case 'next':
    case 'current':
      return { ...read, state: key.state, ...toKeyPair(createPrivateKey(key.privateKey)) }
    case 'previous':
      return { ...read, state: key.state, ...toPublicHalf(createPublicKey(key.publicKey)) }
    case 'retired':
      return { ...read, state: key.state, kid: key.kid }
  }
}
