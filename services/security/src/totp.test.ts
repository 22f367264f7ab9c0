import { URI } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { findStep, newTotpSecret, showTotpSecret } from './totp.ts'

const secret = Buffer.from('12345678901234567890')
const at = (seconds: number): Date => new Date(seconds * 1_000)

describe('a TOTP code', () => {
  // RFC 6238, appendix B, the last six of its eight digits.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %i seconds is %s', (seconds, code) => {
    expect(findStep(secret, code, { now: at(seconds), lastUsedStep: null })).toBe(Math.floor(seconds / 30))
  })

  it('is good for one step before and after its own, and no longer', () => {
    const find = (seconds: number) => findStep(secret, '081804', { now: at(seconds), lastUsedStep: null })
    const step = Math.floor(1_111_111_109 / 30)
    const start = step * 30
    expect([start - 31, start - 30, start + 59, start + 60].map(find)).toEqual([undefined, step, step, undefined])
  })

  it('is not good again, nor is one from before it', () => {
    const now = at(1_111_111_109)
    const step = Math.floor(1_111_111_109 / 30)
    expect(findStep(secret, '081804', { now, lastUsedStep: step - 1 })).toBe(step)
    expect(findStep(secret, '081804', { now, lastUsedStep: step })).toBeUndefined()
    expect(findStep(secret, '081804', { now, lastUsedStep: step + 1 })).toBeUndefined()
  })

  it('may be typed with spaces', () => {
    expect(findStep(secret, ' 287 082 ', { now: at(59), lastUsedStep: null })).toBe(1)
  })

  it.each(['', '28708', '2870820', '94287082', '-87082', '2.7082', '２８７０８２', '287082\0', 'x'.repeat(100_000)])(
    'is not %j',
    (code) => {
      expect(findStep(secret, code, { now: at(59), lastUsedStep: null })).toBeUndefined()
    },
  )
})

describe('a new secret', () => {
  it('has 160 bits, and its URI says all that an app has to know', () => {
    const fresh = newTotpSecret()
    expect(fresh).toHaveLength(20)
    const { secret: shown, otpauthUri } = showTotpSecret(fresh, 'ann+a:b&c@example.org')
    expect(shown).toMatch(/^[A-Z2-7]{32}$/)
    expect(URI.parse(otpauthUri)).toMatchObject({
      issuer: 'Neotool',
      label: 'ann+a:b&c@example.org',
      algorithm: 'SHA1',
      digits: 6,
      period: 30,
      secret: { base32: shown },
    })
  })
})
