import { generateKeyPairSync, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { calculateJwkThumbprint } from 'jose'
import { describe, expect, it } from 'vitest'
import { type Keystore, loadKey, sealKeystore, unsealKeystore } from './keystore.ts'

const newKey = (state: 'next' | 'current' | 'previous' | 'retired') => ({
  state,
  createdAt: '2026-03-01T12:00:00.000Z',
  privateKey: generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey,
})

const store: Keystore = { keys: [newKey('current'), newKey('next')] }
const masterKey = randomBytes(32)

describe('the sealed keystore', () => {
  it('opens with its master key and holds what was put in', () => {
    expect(unsealKeystore(sealKeystore(store, masterKey), masterKey)).toEqual(store)
  })

  it('tells nothing of what is inside, and is never the same twice', () => {
    const text = sealKeystore(store, masterKey)
    expect(text).not.toContain('PRIVATE KEY')
    expect(text).not.toBe(sealKeystore(store, masterKey))
  })

  it('does not open with another master key', () => {
    expect(() => unsealKeystore(sealKeystore(store, masterKey), randomBytes(32))).toThrow()
  })

  it('does not open when any of its bits was changed', () => {
    const fields: Record<string, string> = JSON.parse(sealKeystore(store, masterKey))
    const place = fc.tuple(fc.constantFrom('nonce', 'tag', 'content'), fc.nat(), fc.integer({ min: 0, max: 7 }))
    fc.assert(
      fc.property(place, ([field, position, bit]) => {
        const bytes = Buffer.from(fields[field] ?? '', 'base64')
        const index = position % bytes.length
        bytes[index] = (bytes[index] ?? 0) ^ (1 << bit)
        const changed = JSON.stringify({ ...fields, [field]: bytes.toString('base64') })
        expect(() => unsealKeystore(changed, masterKey)).toThrow()
      }),
    )
  })

  it.each([{ version: 2 }, { cipher: 'aes-256-cbc' }, { format: 'other' }, { tag: 'AAAA' }, { nonce: '' }])(
    'does not open with %j in its header',
    (change) => {
      const changed = JSON.stringify({ ...JSON.parse(sealKeystore(store, masterKey)), ...change })
      expect(() => unsealKeystore(changed, masterKey)).toThrow()
    },
  )

  it('must have exactly one current key', () => {
    for (const keys of [[newKey('next')], [...store.keys, newKey('current')], []]) {
      expect(() => unsealKeystore(sealKeystore({ keys }, masterKey), masterKey)).toThrow('exactly one key')
    }
  })
})

describe('a loaded key', () => {
  it('is called by its thumbprint, and its public half has no private member', async () => {
    const { kid, publicJwk } = await loadKey(newKey('current'))
    expect(kid).toBe(await calculateJwkThumbprint(publicJwk))
    expect(Object.keys(publicJwk).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
  })

  it('must be RSA', async () => {
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    await expect(loadKey({ ...newKey('current'), privateKey })).rejects.toThrow('not RSA')
  })
})
