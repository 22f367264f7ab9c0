import { beforeAll, describe, expect, it } from 'vitest'
import { type CommonPasswords, readCommonPasswords, refuseGuessable } from './guessable-password.ts'
import type { Password } from './password.ts'

let common: CommonPasswords
beforeAll(async () => {
  common = await readCommonPasswords()
})

const owner = { email: 'ann.lee.o-brien@example.org', displayName: "Ann Lee O'Brien" }
const verdict = (password: string): string => {
  try {
    refuseGuessable(common, { field: 'password', password: password as Password, owner })
    return 'fine'
  } catch (error) {
    return String((error as { detail: { fields: { message: string }[] } }).detail.fields[0]?.message)
  }
}

describe('the list', () => {
  it('holds what is tried first at each length, in small letters', () => {
    for (const word of ['1234', 'password', 'qwertyuiop', '1qaz2wsx3edc4rfv', '12345678901234567890']) {
      expect(common.has(word), word).toBe(true)
    }
    expect(common.size).toBeGreaterThan(50_000)
    for (const word of common) if (word !== word.toLowerCase()) expect.fail(word)
  })
})

describe('a guessable password', () => {
  it.each([
    'password',
    '1QAZ2wsx3EDC4rfv',
    'PasswordPassword',
    'abc123abc123abc123',
    'aaaaaaaaaaaaaaa',
    'ababababababababab',
  ])('is %j', (password) => expect(verdict(password)).toBe('is one of the passwords that attackers try first'))

  it.each([
    'ann.lee.o-brien@example.org',
    'ANN.LEE.O-BRIEN',
    'Ann Lee O’Brien',
    'annleeobrien',
    'AnnLeeObrienAnnLeeObrien',
  ])("is one's own %j", (password) => expect(verdict(password)).toBe('must not be your e-mail or your name'))

  it.each(['correct horse battery', 'Ann Lee O’Brien likes lamps', 'пароль длиннее!', 'passwordpasswort'])(
    'is not %j',
    (password) => expect(verdict(password)).toBe('fine'),
  )

  it('is found quickly in a long text', () => {
    const started = performance.now()
    expect(verdict(`${'ab'.repeat(63)}c`)).toBe('fine')
    // Trying every way to split it would take longer than anybody lives.
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
