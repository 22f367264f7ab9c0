import { expect, test } from 'vitest'
import { parseConfig } from './config.ts'

const complete = {
  WEB_GATEWAY_URL: 'http://127.0.0.1:4000/graphql',
  WEB_ORIGIN: 'http://localhost:3000',
  WEB_STORAGE_ORIGIN: 'http://127.0.0.1:9000',
  WEB_COOKIE_PREFIX: 'neotool',
  WEB_SECURE_COOKIES: 'false',
}

test('reads a complete environment and derives the gateway health address', () => {
  expect(parseConfig({ ...complete, PATH: '/bin' })).toEqual({
    gatewayUrl: 'http://127.0.0.1:4000/graphql',
    gatewayLiveUrl: 'http://127.0.0.1:4000/health/live',
    origin: 'http://localhost:3000',
    storageOrigin: 'http://127.0.0.1:9000',
    identityProviders: [],
    cookiePrefix: 'neotool',
    secureCookies: false,
  })
})

test('cookies are secure where nothing else is said', () => {
  const { WEB_SECURE_COOKIES: _, ...rest } = complete
  expect(parseConfig(rest).secureCookies).toBe(true)
})

test('lists every fault at once, with the value', () => {
  const parse = () =>
    parseConfig({ WEB_GATEWAY_URL: 'ftp://x', WEB_COOKIE_PREFIX: 'Neo Tool', WEB_SECURE_COOKIES: 'yes', WEB_TYPO: '1' })
  for (const part of [
    /WEB_GATEWAY_URL: .*"ftp:\/\/x"/,
    /WEB_ORIGIN: is missing/,
    /WEB_STORAGE_ORIGIN: is missing/,
    /WEB_COOKIE_PREFIX: .*"Neo Tool"/,
    /WEB_SECURE_COOKIES: .*"yes"/,
    /WEB_TYPO: no such setting/,
  ])
    expect(parse).toThrow(part)
})

test('an origin has no path', () => {
  expect(() => parseConfig({ ...complete, WEB_ORIGIN: 'http://localhost:3000/app' })).toThrow(/without a path/)
})
