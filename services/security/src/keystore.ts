/**
 * The one encrypted file of the embedded keystore: AES-256-GCM under the master key, with the header authenticated, so that
 * a file that was changed or belongs to another master key cannot be opened at all. A fresh random nonce for every write is
 * safe here: the file is written as often as keys rotate.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { KeyRing } from './key-ring.ts'
import { parseKeyRing, serializeKeyRing } from './stored-key-ring.ts'

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

/** The keys as the text of their file. */
export const sealKeystore = (ring: KeyRing, masterKey: Buffer): string => {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, masterKey, nonce, { authTagLength: TAG_BYTES }).setAAD(authenticated)
  const content = Buffer.concat([cipher.update(JSON.stringify(serializeKeyRing(ring)), 'utf8'), cipher.final()])
  const fields = { nonce, tag: cipher.getAuthTag(), content }
  const encoded = Object.fromEntries(Object.entries(fields).map(([name, bytes]) => [name, bytes.toString('base64')]))
  return `${JSON.stringify({ ...HEADER, ...encoded }, null, 2)}\n`
}

/** The keys in the text of their file; throws where the text is damaged or sealed with another master key. */
export const unsealKeystore = (text: string, masterKey: Buffer): KeyRing => {
  const { nonce, tag, content } = sealed.parse(JSON.parse(text))
  const decipher = createDecipheriv(CIPHER, masterKey, Buffer.from(nonce, 'base64'), { authTagLength: TAG_BYTES })
  decipher.setAAD(authenticated).setAuthTag(Buffer.from(tag, 'base64'))
  const opened = Buffer.concat([decipher.update(Buffer.from(content, 'base64')), decipher.final()])
  return parseKeyRing(JSON.parse(opened.toString('utf8')))
}
