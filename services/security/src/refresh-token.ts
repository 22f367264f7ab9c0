import { createHmac } from 'node:crypto'
import type { Secret } from '@neotool/kit/config'
import type { z } from 'zod'
import { opaqueToken, randomToken } from './opaque-token.ts'

export const refreshToken = opaqueToken.brand<'RefreshToken'>()
export type RefreshToken = z.output<typeof refreshToken>

/** The first token of a session. */
export const createRefreshToken = (): RefreshToken => refreshToken.parse(randomToken())

export type SucceedToken = (token: RefreshToken) => RefreshToken

/**
 * A token's successor is a keyed hash of it: parallel requests, on any replica, get the same one without anybody having
 * stored it, and without the key nobody can compute it from a token that leaked.
 */
export const createTokenSuccession = (base64Key: Secret): SucceedToken => {
  const key = Buffer.from(base64Key.reveal(), 'base64')
  return (token) => refreshToken.parse(createHmac('sha256', key).update(token).digest('base64url'))
}
