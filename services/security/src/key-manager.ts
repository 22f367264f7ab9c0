import type { KeyObject } from 'node:crypto'
import { withRequiredKid } from '@neotool/kit/auth'
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'

export type SigningKey = { readonly kid: string; readonly privateKey: KeyObject }

/** Where the keys of access tokens come from. Security alone has one: everybody else reads the public keys over HTTP. */
export type KeyManager = {
  /** The key that signs from now on. */
  signingKey(): Promise<SigningKey>
  /** All keys that a valid token may be signed with, without their private parts; the same object until they change. */
  publicKeys(): Promise<JSONWebKeySet>
  /** Throws why the place where the keys are kept cannot be used. */
  check(): Promise<void>
}

/** The key manager's keys for createAuthenticate; a key that is added counts at once. */
export const verificationKeys = (keyManager: KeyManager): JWTVerifyGetKey => {
  let known: { readonly keys: JSONWebKeySet; readonly find: JWTVerifyGetKey } | undefined
  return withRequiredKid(async (header, token) => {
    const keys = await keyManager.publicKeys()
    if (known?.keys !== keys) known = { keys, find: createLocalJWKSet(keys) }
    return known.find(header, token)
  })
}
