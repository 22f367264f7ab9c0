import { generateKeyPairSync, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addNextKey, type KeyRing, newKeyRing, retireKeys, rotateKeys, toKeyPair } from './key-ring.ts'
import { sealKeystore, unsealKeystore } from './keystore.ts'
import { parseKeyRing, serializeKeyRing } from './stored-key-ring.ts'

const pair = () => toKeyPair(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)
const first = new Date('2026-03-01T12:00:00Z')
const later = new Date('2026-04-01T12:00:00Z')
const [one, two] = [pair(), pair()]
const ring: KeyRing = newKeyRing([one, two], first)
const masterKey = randomBytes(32)

/** What of the keys can be compared. */
const shown = (keys: KeyRing) =>
  keys.map((key) => ({ ...key, ...('privateKey' in key && { privateKey: key.privateKey.export({ format: 'jwk' }) }) }))

describe('the sealed keystore', () => {
  it('opens with its master key and holds what was put in, keys of every state', () => {
    const rotated = rotateKeys(ring, pair(), later)
    const all = retireKeys(
      rotateKeys(rotated, pair(), new Date('2026-05-01')),
      { kid: one.kid },
      new Date('2026-05-02'),
    )
    expect(all.map(({ state }) => state)).toEqual(['retired', 'previous', 'current', 'next'])
    for (const keys of [ring, rotated, all]) {
      expect(shown(unsealKeystore(sealKeystore(keys, masterKey), masterKey))).toEqual(shown(keys))
    }
  })

  it('tells nothing of what is inside, and is never the same twice', () => {
    const text = sealKeystore(ring, masterKey)
    expect(text).not.toContain('PRIVATE KEY')
    expect(text).not.toBe(sealKeystore(ring, masterKey))
  })

  it('does not open with another master key', () => {
    expect(() => unsealKeystore(sealKeystore(ring, masterKey), randomBytes(32))).toThrow()
  })

  it('does not open when any of its bits was changed', () => {
    const fields: Record<string, string> = JSON.parse(sealKeystore(ring, masterKey))
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
      const changed = JSON.stringify({ ...JSON.parse(sealKeystore(ring, masterKey)), ...change })
      expect(() => unsealKeystore(changed, masterKey)).toThrow()
    },
  )
})

describe('stored keys', () => {
  it('of the first release are read: one current key that does not tell since when', () => {
    const privateKey = one.privateKey.export({ type: 'pkcs8', format: 'pem' })
    const stored = { keys: [{ state: 'current', createdAt: first.toISOString(), privateKey }] }
    expect(parseKeyRing(stored)).toMatchObject([{ kid: one.kid, state: 'current', since: first }])
  })

  it('must have exactly one current key, and one next key at most', () => {
    const next = ring.filter(({ state }) => state === 'next')
    const current = ring.filter(({ state }) => state === 'current')
    for (const keys of [[], next, [...current, ...current]]) {
      expect(() => parseKeyRing(serializeKeyRing(keys))).toThrow('exactly one key must be current')
    }
    expect(() => parseKeyRing(serializeKeyRing(addNextKey(ring, pair(), later)))).toThrow('at most one key can be next')
  })

  it('keep no private half of a key that does not sign any more', () => {
    const [previous] = serializeKeyRing(rotateKeys(ring, pair(), later)).keys
    expect(JSON.stringify(previous)).not.toContain('PRIVATE')
  })
})
