import type { Tx } from '@neotool/kit/postgres'
import type { Tables } from './database.ts'
import type { Assertion } from './passkey-response.ts'
import type { PasskeyStore } from './passkey-store.ts'
import type { RelyingParty } from './relying-party.ts'
import type { UserId } from './user.ts'

export type PasskeyDeps = { readonly passkeys: PasskeyStore; readonly relyingParty: RelyingParty }

/**
 * Who has signed the nonce with a passkey, or undefined. Where `userId` is given it has to be theirs; without it the
 * authenticator has to have checked who holds it, and to tell whose it is.
 */
export const usePasskey = async (
  tx: Tx<Tables>,
  { passkeys, relyingParty }: PasskeyDeps,
  { userId, nonce, at }: { userId?: UserId; nonce: Buffer; at: Date },
  assertion: Assertion,
): Promise<UserId | undefined> => {
  const passkey = await passkeys.lockByCredential(tx, Buffer.from(assertion.id, 'base64url'))
  if (passkey === undefined || (userId !== undefined && passkey.userId !== userId)) return undefined
  if (userId === undefined && assertion.response.userHandle === undefined) return undefined
  const wanted = { nonce, needsUserVerification: userId === undefined }
  const signatureCount = await relyingParty.verifyAssertion(passkey, assertion, wanted)
  if (signatureCount === undefined) return undefined
  await passkeys.noteUse(tx, passkey.id, signatureCount, at)
  return passkey.userId
}
