/**
 * Encrypts what must be read again (AES-256-GCM) and keys the hashes of what must not, each under a key of its own that is
 * derived from one setting. Who has the database alone has neither secrets nor anything to try codes on.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { Secret } from '@neotool/kit/config'

export type DataCipher = {
  /** `owner` goes into the authentication: bytes that are copied to another row cannot be opened there. */
  seal(content: Buffer, owner: string): Buffer
  /** Throws where the bytes were changed, or are another owner's or key's. */
  open(sealed: Buffer, owner: string): Buffer
  hash(text: string, owner: string): Buffer
}

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
// The first byte of what is sealed, so that another way can be told from this one.
const FORMAT = Buffer.of(1)

export const createDataCipher = (base64Key: Secret): DataCipher => {
  const derive = (use: string): Buffer =>
    Buffer.from(hkdfSync('sha256', Buffer.from(base64Key.reveal(), 'base64'), '', `neotool security ${use}`, 32))
  const [sealingKey, hashKey] = [derive('seal'), derive('hash')]
  const authenticated = (owner: string): Buffer => Buffer.concat([FORMAT, Buffer.from(owner)])
  return {
    seal: (content, owner) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, sealingKey, nonce, { authTagLength: TAG_BYTES })
      const sealed = Buffer.concat([cipher.setAAD(authenticated(owner)).update(content), cipher.final()])
      return Buffer.concat([FORMAT, nonce, cipher.getAuthTag(), sealed])
    },
    open: (sealed, owner) => {
      const [nonceAt, tagAt] = [FORMAT.length, FORMAT.length + NONCE_BYTES]
      if (!sealed.subarray(0, nonceAt).equals(FORMAT))
        throw new Error('sealed in a way that this release does not know')
      const nonce = sealed.subarray(nonceAt, tagAt)
      const decipher = createDecipheriv(CIPHER, sealingKey, nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(authenticated(owner)).setAuthTag(sealed.subarray(tagAt, tagAt + TAG_BYTES))
      return Buffer.concat([decipher.update(sealed.subarray(tagAt + TAG_BYTES)), decipher.final()])
    },
    hash: (text, owner) => createHmac('sha256', hashKey).update(`${owner}\0${text}`).digest(),
  }
}
