import { createHash, randomBytes } from 'node:crypto'

/** What each type of file begins with; of a picture this is all that tells its type. */
const BEGINNINGS = {
  'image/png': '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154',
  'image/jpeg': 'ffd8ffe000104a46494600010100000100010000',
  'image/webp': '524946463a000000574542505650382058000000',
  'image/gif': '474946383961',
  'application/pdf': '255044462d312e37',
  'text/html': Buffer.from('<!doctype html><script>').toString('hex'),
} as const

export type Picture = { readonly bytes: Buffer<ArrayBuffer>; readonly contentType: string }

/** A file of a type, `sizeBytes` long and like no other. */
export const aPicture = (contentType: keyof typeof BEGINNINGS = 'image/png', sizeBytes = 600): Picture => {
  const beginning = Buffer.from(BEGINNINGS[contentType], 'hex')
  return { contentType, bytes: Buffer.concat([beginning, randomBytes(sizeBytes - beginning.length)]) }
}

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64')
