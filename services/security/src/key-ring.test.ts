import { generateKeyPairSync } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { describe, expect, it } from 'vitest'
import {
  addNextKey,
  currentKey,
  type KeyRing,
  newKeyRing,
  PUBLISHED_BEFORE_MS,
  RETIRED_AFTER_MS,
  retireKeys,
  rotateKeys,
  toKeyPair,
} from './key-ring.ts'

const pair = () => toKeyPair(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)
const start = new Date('2026-03-01T12:00:00Z')
const after = (ms: number) => new Date(start.getTime() + ms)
const [one, two, three, four] = [pair(), pair(), pair(), pair()]
const fresh = newKeyRing([one, two], start)
const rotated = rotateKeys(fresh, three, after(PUBLISHED_BEFORE_MS))
const statesOf = (ring: KeyRing) => Object.fromEntries(ring.map(({ kid, state }) => [kid, state]))
const faultOf = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('a key', () => {
  it('is called by its thumbprint, and its public half has no private member', async () => {
    expect(one.kid).toBe(await calculateJwkThumbprint(one.publicJwk))
    expect(Object.keys(one.publicJwk).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
  })

  it('must be RSA', () => {
    expect(() => toKeyPair(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)).toThrow('not RSA')
  })
})

describe('a rotation', () => {
  it('has the next key sign, keeps the one before it for verification, and publishes a new next one', () => {
    expect(statesOf(rotated)).toEqual({ [one.kid]: 'previous', [two.kid]: 'current', [three.kid]: 'next' })
    expect(currentKey(rotated).kid).toBe(two.kid)
    expect(rotated.find(({ kid }) => kid === one.kid)).not.toHaveProperty('privateKey')
  })

  it('is refused until the next key has been published long enough, and says when to come again', () => {
    const at = after(PUBLISHED_BEFORE_MS - 1)
    expect(faultOf(() => rotateKeys(fresh, three, at))).toMatchObject({
      kind: 'conflict',
      reason: 'NEXT_KEY_TOO_NEW',
      detail: { retryAfterSeconds: 1 },
    })
    expect(faultOf(() => rotateKeys(rotated, four, after(2 * PUBLISHED_BEFORE_MS - 1)))).toMatchObject({
      reason: 'NEXT_KEY_TOO_NEW',
    })
    expect(statesOf(rotateKeys(rotated, four, after(2 * PUBLISHED_BEFORE_MS)))).toMatchObject({
      [three.kid]: 'current',
    })
  })

  it('needs a next key, which counts from its own beginning', () => {
    const alone = fresh.filter(({ state }) => state === 'current')
    expect(faultOf(() => rotateKeys(alone, three, after(1e9)))).toMatchObject({ reason: 'NEXT_KEY_MISSING' })
    const prepared = addNextKey(alone, two, after(1e9))
    expect(faultOf(() => rotateKeys(prepared, three, after(1e9)))).toMatchObject({ reason: 'NEXT_KEY_TOO_NEW' })
  })
})

describe('to retire', () => {
  const due = after(PUBLISHED_BEFORE_MS + RETIRED_AFTER_MS)
  const early = new Date(due.getTime() - 1)

  it('a previous key is refused while one of its tokens may be valid', () => {
    expect(faultOf(() => retireKeys(rotated, { kid: one.kid }, early))).toMatchObject({
      kind: 'conflict',
      reason: 'KEY_STILL_NEEDED',
      detail: { retryAfterSeconds: 1 },
    })
    const retired = retireKeys(rotated, { kid: one.kid }, due)
    expect(statesOf(retired)).toMatchObject({ [one.kid]: 'retired', [two.kid]: 'current' })
    expect(retired.find(({ kid }) => kid === one.kid)).not.toHaveProperty('publicJwk')
  })

  it('all that is due, nothing else is touched', () => {
    expect(retireKeys(rotated, {}, early)).toBe(rotated)
    expect(statesOf(retireKeys(rotated, {}, due))).toEqual({
      [one.kid]: 'retired',
      [two.kid]: 'current',
      [three.kid]: 'next',
    })
  })

  it('a compromised key, next or previous, goes at once', () => {
    expect(statesOf(retireKeys(rotated, { kid: one.kid, isCompromised: true }, early))).toMatchObject({
      [one.kid]: 'retired',
    })
    const withoutNext = retireKeys(rotated, { kid: three.kid, isCompromised: true }, early)
    expect(statesOf(withoutNext)).toMatchObject({ [three.kid]: 'retired' })
    expect(JSON.stringify(withoutNext)).not.toContain(three.publicJwk.n)
  })

  it('never works for the key that signs, nor for one that nobody knows', () => {
    const signs = () => retireKeys(rotated, { kid: two.kid, isCompromised: true }, due)
    expect(faultOf(signs)).toMatchObject({ kind: 'conflict', reason: 'KEY_SIGNS' })
    expect(faultOf(() => retireKeys(rotated, { kid: 'x' }, due))).toMatchObject({ kind: 'not_found' })
  })

  it('leaves a history of twelve', () => {
    let ring = fresh
    for (let month = 1; month <= 15; month += 1) {
      const at = after(month * 30 * 86_400_000)
      ring = retireKeys(rotateKeys(ring, pair(), at), {}, at)
    }
    const states = ring.map(({ state }) => state)
    expect(states.filter((state) => state === 'retired')).toHaveLength(12)
    expect(states.filter((state) => state !== 'retired')).toEqual(['previous', 'current', 'next'])
  })
})
