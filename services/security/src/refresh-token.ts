import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Secret } from '@neotool/kit/config'
import { z } from 'zod'

/** 32 bytes in base64url; what they are is known to the client alone. */
export const refreshToken = z
  .string()
  .regex(/^[\w-]{43}$/)
  .brand<'RefreshToken'>()
export type RefreshToken = z.output<typeof refreshToken>

/** The first token of a session. */
export const createRefreshToken = (): RefreshToken => refreshToken.parse(randomBytes(32).toString('base64url'))

/** What is stored of a token. No salt and no slow hash: nobody can guess 256 random bits. */
export const hashOfToken = (token: RefreshToken): Buffer => createHash('sha256').update(token).digest()

export type SucceedToken = (token: RefreshToken) => RefreshToken

/**
 * A token's successor is a keyed hash of it: parallel requests, on any replica, get the same one without anybody having
 * stored it, and without the key nobody can compute it from a token that leaked.
 */
export const createTokenSuccession = (base64Key: Secret): SucceedToken => {
  const key = Buffer.from(base64Key.reveal(), 'base64')
  return (token) => refreshToken.parse(createHmac('sha256', key).update(token).digest('base64url'))
}
