/**
 * A security key in software: makes real passkeys (ES256, no attestation) and real signatures. What it is told to get wrong
 * it gets wrong, as a phishing site, a cloned key or a thief would.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'
import { WEB_URL } from './security-fixture.ts'

export type Wrongs = {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly type?: string
  readonly userHandle?: string | null
  readonly isUserPresent?: boolean
  readonly isUserVerified?: boolean
  readonly count?: number
  /** A certificate in the attestation. */
  readonly certificate?: Buffer
}

type Key = { readonly id: Buffer; readonly privateKey: KeyObject; userHandle: string | undefined; count: number }
export type SoftwareAuthenticator = ReturnType<typeof softwareAuthenticator>

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const HAS_CREDENTIAL = 0x40

const sha256 = (data: Buffer | string): Buffer => createHash('sha256').update(data).digest()
const text = (bytes: Buffer): string => bytes.toString('base64url')
const parse = (options: string) =>
  JSON.parse(options) as { challenge: string; rp?: { id: string }; rpId?: string; user?: { id: string } }

/** Holds one passkey, which `create` makes. */
export const softwareAuthenticator = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key: Key = { id: randomBytes(32), privateKey, userHandle: undefined, count: 0 }

  const clientData = (options: string, type: string, wrongs: Wrongs): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: wrongs.type ?? type,
        challenge: wrongs.challenge ?? parse(options).challenge,
        origin: wrongs.origin ?? WEB_URL,
        crossOrigin: false,
      }),
    )

  const authenticatorData = (rpId: string, flags: number, { isUserPresent, isUserVerified, count }: Wrongs): Buffer => {
    key.count += 1
    const head = Buffer.alloc(5)
    head[0] = flags | (isUserPresent === false ? 0 : USER_PRESENT) | (isUserVerified === false ? 0 : USER_VERIFIED)
    head.writeUInt32BE(count ?? key.count, 1)
    return Buffer.concat([sha256(rpId), head])
  }

  return {
    credentialId: text(key.id),
    /** What `navigator.credentials.create` would give, as JSON. */
    create: (options: string, wrongs: Wrongs = {}): string => {
      const { rp, user } = parse(options)
      key.userHandle = user?.id
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const cose = new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Uint8Array.from(Buffer.from(x, 'base64url'))],
        [-3, Uint8Array.from(Buffer.from(y, 'base64url'))],
      ])
      const length = Buffer.alloc(2)
      length.writeUInt16BE(key.id.length)
      const data = Buffer.concat([
        authenticatorData(wrongs.rpId ?? rp?.id ?? '', HAS_CREDENTIAL, wrongs),
        Buffer.alloc(16),
        length,
        key.id,
        Buffer.from(isoCBOR.encode(cose)),
      ])
      const signed = clientData(options, 'webauthn.create', wrongs)
      const statement = new Map<string, unknown>()
      if (wrongs.certificate !== undefined) {
        statement.set('alg', -7)
        const signature = sign('sha256', Buffer.concat([data, sha256(signed)]), privateKey)
        statement.set('sig', Uint8Array.from(signature))
        statement.set('x5c', [Uint8Array.from(wrongs.certificate)])
      }
      const attestation = new Map<string, unknown>([
        ['fmt', wrongs.certificate === undefined ? 'none' : 'packed'],
        ['attStmt', statement],
        ['authData', Uint8Array.from(data)],
      ])
      const attestationObject = Buffer.from(isoCBOR.encode(attestation as Parameters<typeof isoCBOR.encode>[0]))
      return JSON.stringify({
        id: text(key.id),
        rawId: text(key.id),
        type: 'public-key',
        clientExtensionResults: { credProps: { rk: true } },
        response: {
          clientDataJSON: text(signed),
          attestationObject: text(attestationObject),
          transports: ['internal', 'hybrid'],
        },
      })
    },
    /** What `navigator.credentials.get` would give, as JSON. */
    get: (options: string, wrongs: Wrongs = {}): string => {
      const data = authenticatorData(wrongs.rpId ?? parse(options).rpId ?? '', 0, wrongs)
      const signed = clientData(options, 'webauthn.get', wrongs)
      const signature = sign('sha256', Buffer.concat([data, sha256(signed)]), privateKey)
      return JSON.stringify({
        id: text(key.id),
        rawId: text(key.id),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: text(signed),
          authenticatorData: text(data),
          signature: text(signature),
          userHandle: wrongs.userHandle === undefined ? key.userHandle : wrongs.userHandle,
        },
      })
    },
  }
}
