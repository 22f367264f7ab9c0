import { Secret } from '@neotool/kit/config'
import { describe, expect, it } from 'vitest'
import { hashOfToken } from './opaque-token.ts'
import { createRefreshToken, createTokenSuccession, refreshToken } from './refresh-token.ts'

const keyOf = (byte: number): Secret => new Secret(Buffer.alloc(32, byte).toString('base64'))

describe('refresh tokens', () => {
  it('are 256 random bits', () => {
    const tokens = new Set(Array.from({ length: 100 }, createRefreshToken))
    expect(tokens.size).toBe(100)
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  })

  it('have the same successor wherever it is computed with the same key, and another with another', () => {
    const token = createRefreshToken()
    const successor = createTokenSuccession(keyOf(1))(token)
    expect(createTokenSuccession(keyOf(1))(token)).toBe(successor)
    expect(createTokenSuccession(keyOf(2))(token)).not.toBe(successor)
    expect(successor).not.toBe(token)
  })

  it('have successors that their stored hash does not tell', () => {
    const token = createRefreshToken()
    expect(createTokenSuccession(keyOf(1))(token)).not.toBe(hashOfToken(token).toString('base64url'))
  })

  it.each(['', 'x', 'x'.repeat(42), 'x'.repeat(44), `${'x'.repeat(42)}=`, `${'x'.repeat(43)}\n`, "' or 1=1 --"])(
    'are not %j',
    (text) => {
      expect(refreshToken.safeParse(text).success).toBe(false)
    },
  )
})
