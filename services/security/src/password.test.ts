import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chosenPassword, typedPassword } from './password.ts'

const messages = (text: string): string[] =>
  chosenPassword.safeParse(text).error?.issues.map((issue) => issue.message) ?? []

describe('a chosen password', () => {
  it('has 15 to 128 characters', () => {
    expect(messages('x'.repeat(14))).toEqual(['must have at least 15 characters'])
    expect(messages('x'.repeat(15))).toEqual([])
    expect(messages('x'.repeat(128))).toEqual([])
    expect(messages('x'.repeat(129))).toEqual(['must have at most 128 characters'])
  })

  it('counts characters, not the units that they are stored in', () => {
    expect(messages('🔑'.repeat(8))).toEqual(['must have at least 15 characters'])
    expect(messages('🔑'.repeat(128))).toEqual([])
  })

  it('may be anything that can be typed', () => {
    expect(messages(' ´`"\\;--\' or 1=1 ')).toEqual([])
    expect(messages('пароль длинный')).toEqual(['must have at least 15 characters'])
    expect(messages('пароль длиннее')).toEqual(['must have at least 15 characters'])
    expect(messages('пароль длиннее!')).toEqual([])
  })

  it.each(['line\nline and line', 'nul \0 nul and nul', 'half a pair \ud83d here'])('refuses %j', (text) => {
    expect(messages(text)).toEqual(['must not hold control characters'])
  })

  it('is the same however the keyboard composes it', () => {
    const same = fc.string({ unit: 'grapheme', minLength: 20, maxLength: 40 })
    fc.assert(
      fc.property(same, (text) => {
        expect(typedPassword.parse(text.normalize('NFD'))).toBe(typedPassword.parse(text.normalize('NFC')))
      }),
    )
    expect(typedPassword.parse('a\u00a0b\u3000c')).toBe('a b c')
  })

  it('keeps apart what merely looks alike', () => {
    expect(typedPassword.parse('x²')).not.toBe(typedPassword.parse('x2'))
  })

  it('takes no noticeable time over a megabyte of combining marks', () => {
    const hostile = `a${'\u0301\u0316'.repeat(250_000)}`
    const start = performance.now()
    expect(messages(hostile)).toEqual(['must have at most 128 characters'])
    expect(typedPassword.safeParse(hostile).success).toBe(false)
    // Normalising it would take minutes.
    expect(performance.now() - start).toBeLessThan(20_000)
  })
})
