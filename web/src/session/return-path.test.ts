import { expect, test } from 'vitest'
import { HOME, returnPath, withReturnPath } from './return-path.ts'

test.each(['/products', '/products?q=a%20b&sort=price', '/products/0198#top', '/sign-up', '/'])(
  '%s is kept',
  (path) => {
    expect(returnPath(path)).toBe(path)
  },
)

test.each([
  undefined,
  null,
  42,
  ['/products'],
  '',
  'products',
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '/\t/evil.example',
  '/\n//evil.example',
  ' //evil.example',
  '/./\\evil.example/..//x',
  '/.//evil.example',
  '/a/..//evil.example',
  'javascript:alert(1)',
  `/${'x'.repeat(3000)}`,
])('%j leads home', (path) => {
  expect(returnPath(path)).toBe(HOME)
})

test('the way back is part of the address, except where it is the usual one', () => {
  expect(withReturnPath('/sign-in', '/products/new')).toBe('/sign-in?next=%2Fproducts%2Fnew')
  expect(withReturnPath('/sign-in', '/products')).toBe('/sign-in')
  expect(withReturnPath('/sign-in', '//evil.example')).toBe('/sign-in')
})
