import { expect, test } from 'vitest'
import { newRecoveryCodes, plainRecoveryCode } from './recovery-code.ts'

test('there are ten codes of 80 bits, no two alike', () => {
  const codes = newRecoveryCodes()
  expect(codes).toHaveLength(10)
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) expect(code).toMatch(/^([a-z2-7]{4}-){3}[a-z2-7]{4}$/)
})

test('a code is the same in capitals, with blanks and without dashes', () => {
  expect(plainRecoveryCode(' ABCD efgh-ijkl 2345')).toBe('abcdefghijkl2345')
  expect(plainRecoveryCode('abcd-efgh-ijkl-2345')).toBe('abcdefghijkl2345')
})

test.each(['', 'abcd-efgh-ijkl', 'abcd-efgh-ijkl-234!', 'abcd-efgh-ijkl-0123', 'a'.repeat(100_000)])(
  '%j is none',
  (typed) => {
    expect(plainRecoveryCode(typed)).toBeUndefined()
  },
)
