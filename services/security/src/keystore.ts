/**
 * What an embedded keystore holds, and its one encrypted file: AES-256-GCM under the master key, with the header
 * authenticated, so that a file that was changed or belongs to another master key cannot be opened at all. A fresh random
 * nonce for every write is safe here: the file is written as often as keys rotate.
 */
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { calculateJwkThumbprint, type JWK } from 'jose'
import { z } from 'zod'

/**
 * A key is `next` while verifiers learn of it, `current` while it signs, `previous` while tokens that it signed are about,
 * and `retired` from then on.
 */
const keyState = z.enum(['next', 'current', 'previous', 'retired'])

const storedKey = z.object({
  state: keyState,
  createdAt: z.iso.datetime(),
  /** PKCS 8, PEM. */
  privateKey: z.string(),
})

const keystore = z
  .object({ keys: z.array(storedKey) })
  .refine(({ keys }) => keys.filter(({ state }) => state === 'current').length === 1, 'exactly one key must be current')

export type StoredKey = z.output<typeof storedKey>
export type Keystore = z.output<typeof keystore>

const CIPHER = 'aes-256-gcm'
const HEADER = { format: 'neotool-keystore', version: 1, cipher: CIPHER } as const
const NONCE_BYTES = 12
const TAG_BYTES = 16
export const MASTER_KEY_BYTES = 32

const sealed = z.object({
  format: z.literal(HEADER.format),
  version: z.literal(HEADER.version),
  cipher: z.literal(HEADER.cipher),
  nonce: z.base64(),
  tag: z.base64(),
  content: z.base64(),
})

const authenticated = Buffer.from(JSON.stringify(HEADER))

/** The keystore as the text of its file. */
export const sealKeystore = (store: Keystore, masterKey: Buffer): string => {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, masterKey, nonce, { authTagLength: TAG_BYTES }).setAAD(authenticated)
  const content = Buffer.concat([cipher.update(JSON.stringify(store), 'utf8'), cipher.final()])
  const fields = { nonce, tag: cipher.getAuthTag(), content }
  const encoded = Object.fromEntries(Object.entries(fields).map(([name, bytes]) => [name, bytes.toString('base64')]))
  return `${JSON.stringify({ ...HEADER, ...encoded }, null, 2)}\n`
}

/** The keystore in the text of its file; throws where the text is damaged or sealed with another master key. */
export const unsealKeystore = (text: string, masterKey: Buffer): Keystore => {
  const { nonce, tag, content } = sealed.parse(JSON.parse(text))
  const decipher = createDecipheriv(CIPHER, masterKey, Buffer.from(nonce, 'base64'), { authTagLength: TAG_BYTES })
  decipher.setAAD(authenticated).setAuthTag(Buffer.from(tag, 'base64'))
  const opened = Buffer.concat([decipher.update(Buffer.from(content, 'base64')), decipher.final()])
  return keystore.parse(JSON.parse(opened.toString('utf8')))
}

export type LoadedKey = {
  readonly kid: string
  readonly state: StoredKey['state']
  readonly privateKey: KeyObject
  readonly publicJwk: JWK
}

/** A stored key, ready for use; its `kid` is its thumbprint by RFC 7638, so that it need not be stored or agreed on. */
export const loadKey = async ({ state, privateKey: pem }: StoredKey): Promise<LoadedKey> => {
  const privateKey = createPrivateKey(pem)
  const { kty, n, e } = createPublicKey(privateKey).export({ format: 'jwk' })
  if (kty !== 'RSA' || n === undefined || e === undefined) throw new Error(`a key is ${kty}, not RSA`)
  const kid = await calculateJwkThumbprint({ kty, n, e })
  return { kid, state, privateKey, publicJwk: { kty, n, e, kid, alg: 'RS256', use: 'sig' } }
}
