import { describe, expect, it } from 'vitest'
import { AppError, conflict, toAppError, toPublicError } from './errors.ts'

const withCode = (code: string) => Object.assign(new Error('relation "secrets" leaks'), { code })

describe('toAppError', () => {
  it.each([
    ['23505', 'conflict'],
    ['23503', 'conflict'],
    ['22021', 'invalid'],
    ['40P01', 'unavailable'],
    ['57014', 'unavailable'],
    ['57P01', 'unavailable'],
    ['08006', 'unavailable'],
    ['53300', 'unavailable'],
    ['ECONNREFUSED', 'unavailable'],
    ['42P01', 'internal'],
    ['22003', 'internal'],
  ])('takes %s for %s', (code, kind) => {
    expect(toAppError(withCode(code)).kind).toBe(kind)
  })

  it.each([withCode('42P01'), withCode('23505'), 'a string', undefined, null, new TypeError('x is not a function')])(
    'shows nothing of what was thrown: %s',
    (thrown) => {
      const shown = JSON.stringify(toPublicError(toAppError(thrown), 'trace'))
      expect(shown).not.toMatch(/secrets|a string|function|stack/)
    },
  )

  it('lets our own errors through, detail and all, and no detail can replace the code', () => {
    const error = conflict('STALE', 'Changed since.', { current: { id: 1 }, code: 'OK', traceId: 'forged' })
    expect(toAppError(error)).toBe(error)
    expect(toPublicError(error, 'trace').extensions).toEqual({
      current: { id: 1 },
      code: 'CONFLICT',
      reason: 'STALE',
      traceId: 'trace',
    })
  })

  it('keeps the cause for the log', () => {
    const thrown = new Error('the true reason')
    expect(toAppError(thrown)).toBeInstanceOf(AppError)
    expect(toAppError(thrown).cause).toBe(thrown)
  })
})
