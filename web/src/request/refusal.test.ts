import { expect, test } from 'vitest'
import { findRefusal } from './refusal.ts'

const own = 'http://localhost:3000'
const post = (headers: Record<string, string>) => findRefusal('POST', new Headers(headers), own)?.status

test('a form of ours is let in', () => {
  expect(post({ 'content-length': '300', origin: own, host: 'localhost:3000' })).toBeUndefined()
  expect(post({ 'content-length': '300', origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' })).toBeUndefined()
  expect(findRefusal('GET', new Headers(), own)).toBeUndefined()
})

test.each([
  ['without a length', { origin: own }, 411],
  ['a large one', { 'content-length': '65537', origin: own }, 413],
  ['with a length that is no number', { 'content-length': 'many', origin: own }, 413],
  ['of another site', { 'content-length': '300', origin: 'https://evil.example', host: 'localhost:3000' }, 403],
  ['of nobody', { 'content-length': '300', origin: 'null', host: 'localhost:3000' }, 403],
])('%s is refused', (_, headers, status) => {
  expect(post(headers)).toBe(status)
})
