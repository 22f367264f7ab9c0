import { createHmac } from 'node:crypto'
import type { Secret } from './config.ts'

export type KeyedHash = (text: string) => string

/**
 * HMAC-SHA-256 in base64url, for personal data in events and audit rows: equal texts stay recognisable, and whoever does
 * not have the key cannot find out by trying which text it was. Normalise the text before.
 */
export const createKeyedHash = (base64Key: Secret): KeyedHash => {
  const key = Buffer.from(base64Key.reveal(), 'base64')
  return (text) => createHmac('sha256', key).update(text).digest('base64url')
}
