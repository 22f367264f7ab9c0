/**
 * WebAuthn, as the site that asks (relying party). No attestation is asked for, and none with a certificate is taken:
 * checking one would have us fetch revocation lists from addresses that it names.
 * https://www.w3.org/TR/webauthn-3/
 */
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { COSEALG, decodeAttestationObject } from '@simplewebauthn/server/helpers'
import type { Passkey } from './passkey.ts'
import type { Assertion, Attestation } from './passkey-response.ts'
import type { UserId } from './user.ts'

type Person = { readonly id: UserId; readonly email: string; readonly displayName: string }
export type VerifiedCredential = Pick<Passkey, 'credentialId' | 'publicKey' | 'signatureCount' | 'transports'>
type Wanted = { readonly nonce: Buffer; readonly needsUserVerification: boolean }

export type RelyingParty = {
  /** For `navigator.credentials.create`, as JSON. */
  registrationOptions(person: Person, nonce: Buffer, present: readonly Passkey[]): Promise<string>
  /** The new credential, or undefined where the answer is not one to what was asked. */
  verifyAttestation(attestation: Attestation, nonce: Buffer): Promise<VerifiedCredential | undefined>
  /** For `navigator.credentials.get`, as JSON; without passkeys the person chooses among those on the device. */
  assertionOptions(wanted: Wanted, passkeys?: readonly Passkey[]): Promise<string>
  /** The new signature count, or undefined where the passkey has not signed just this, for this site. */
  verifyAssertion(passkey: Passkey, assertion: Assertion, wanted: Wanted): Promise<number | undefined>
}

const NAME = 'Neotool'
// What authenticators have; by default the library would add one that Node calls experimental.
const supportedAlgorithmIDs = [COSEALG.EdDSA, COSEALG.ES256, COSEALG.RS256]

/** The relying party of the web at an address: its host is the RP id, its origin the only one from which answers come. */
export const createRelyingParty = (webUrl: string): RelyingParty => {
  const { origin: expectedOrigin, hostname: rpID } = new URL(webUrl)
  return {
    registrationOptions: async (person, nonce, present) =>
      JSON.stringify(
        await generateRegistrationOptions({
          rpName: NAME,
          rpID,
          userID: Uint8Array.from(handleOf(person.id)),
          userName: person.email,
          userDisplayName: person.displayName,
          challenge: Uint8Array.from(nonce),
          attestationType: 'none',
          supportedAlgorithmIDs,
          excludeCredentials: present.map(toDescriptor),
          authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
        }),
      ),
    verifyAttestation: async (attestation, nonce) => {
      if (hasCertificate(attestation)) return undefined
      const verified = await verifyRegistrationResponse({
        response: attestation,
        expectedChallenge: nonce.toString('base64url'),
        expectedOrigin,
        expectedRPID: rpID,
        supportedAlgorithmIDs,
        // Without it a passkey is good as a second factor only.
        requireUserVerification: false,
      }).catch(() => undefined)
      if (!verified?.verified) return undefined
      const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential
      return {
        credentialId: Buffer.from(id, 'base64url'),
        publicKey: Buffer.from(publicKey),
        signatureCount: counter,
        transports,
      }
    },
    assertionOptions: async ({ nonce, needsUserVerification }, passkeys) =>
      JSON.stringify(
        await generateAuthenticationOptions({
          rpID,
          challenge: Uint8Array.from(nonce),
          userVerification: needsUserVerification ? 'required' : 'preferred',
          ...(passkeys && { allowCredentials: passkeys.map(toDescriptor) }),
        }),
      ),
    verifyAssertion: async (passkey, assertion, { nonce, needsUserVerification }) => {
      const { userHandle } = assertion.response
      if (userHandle !== undefined && userHandle !== handleOf(passkey.userId).toString('base64url')) return undefined
      const verified = await verifyAuthenticationResponse({
        response: assertion,
        expectedChallenge: nonce.toString('base64url'),
        expectedOrigin,
        expectedRPID: rpID,
        requireUserVerification: needsUserVerification,
        credential: {
          id: passkey.credentialId.toString('base64url'),
          publicKey: Uint8Array.from(passkey.publicKey),
          // It refuses a count that has not grown, unless the authenticator counts nothing.
          counter: passkey.signatureCount,
        },
      }).catch(() => undefined)
      return verified?.verified ? verified.authenticationInfo.newCounter : undefined
    },
  }
}

/** What an authenticator knows a user by: their id, which tells nothing of them. */
const handleOf = (userId: UserId): Buffer => Buffer.from(userId.replaceAll('-', ''), 'hex')

const toDescriptor = ({ credentialId, transports }: Passkey) => ({
  id: credentialId.toString('base64url'),
  transports: [...transports],
})

const hasCertificate = ({ response }: Attestation): boolean => {
  try {
    const decoded = decodeAttestationObject(Uint8Array.from(Buffer.from(response.attestationObject, 'base64url')))
    return (
      decoded.get('fmt') !== 'none' &&
      (decoded.get('fmt') !== 'packed' || decoded.get('attStmt').get('x5c') !== undefined)
    )
  } catch {
    return true
  }
}
