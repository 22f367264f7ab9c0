import { expect, test } from 'vitest'
import { endedSessionCookies, sessionCookies } from './session-tokens.ts'

const now = Date.parse('2026-11-23T12:00:00.000Z')
const tokens = {
  accessToken: 'a',
  accessTokenExpiresAt: '2026-11-23T12:15:00.000Z',
  refreshToken: 'r',
  refreshTokenExpiresAt: '2026-12-23T12:00:00.000Z',
}

test('no script can read them, and the access token leaves before it expires', () => {
  const cookies = sessionCookies(tokens, { cookiePrefix: 'neotool', secureCookies: true }, now)
  const common = { httpOnly: true, sameSite: 'lax', secure: true, path: '/' }
  expect(cookies).toEqual([
    { ...common, name: 'neotool_access', value: 'a', maxAge: 15 * 60 - 30 },
    { ...common, name: 'neotool_refresh', value: 'r', maxAge: 30 * 24 * 60 * 60 },
  ])
})

test('a token that lives for seconds keeps most of them', () => {
  const short = { ...tokens, accessTokenExpiresAt: '2026-11-23T12:00:08.000Z' }
  expect(sessionCookies(short, { cookiePrefix: 'n', secureCookies: false }, now)[0]).toMatchObject({ maxAge: 6 })
})

test('ending a session deletes both', () => {
  const cookies = endedSessionCookies({ cookiePrefix: 'neotool', secureCookies: false })
  expect(cookies.map(({ name, value }) => [name, value])).toEqual([
    ['neotool_access', ''],
    ['neotool_refresh', ''],
  ])
})
