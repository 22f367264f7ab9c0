import { expect, test } from 'vitest'
import { listVariables, productsAddress } from './list-address.ts'

const { read: readListView, href: listHref, sortBy } = productsAddress

test('the address of a view gives the view again', () => {
  for (const href of [
    '/products',
    '/products?q=desk+lamp',
    '/products?q=a%26b&sort=price&direction=desc&after=YWJj%3D%3D',
    '/products?sort=added&before=xyz',
  ]) {
    const { searchParams } = new URL(href, 'http://localhost')
    expect(listHref(readListView(Object.fromEntries(searchParams)))).toBe(href)
  }
})

test('an address with nonsense is read as the plain list', () => {
  const view = readListView({ q: ['a', 'b'], sort: 'colour', direction: 'up', after: '', before: ['x'] })
  expect(listHref(view)).toBe('/products')
})

test('a second click on a column turns the direction and begins at the first page', () => {
  const byPrice = sortBy(readListView({ after: 'abc' }), 'price')
  expect(listHref(byPrice)).toBe('/products?sort=price')
  expect(listHref(sortBy(byPrice, 'price'))).toBe('/products?sort=price&direction=desc')
})

test('asks for the last of a page when going back', () => {
  expect(listVariables(readListView({ before: 'abc' }))).toMatchObject({ first: null, last: 20, before: 'abc' })
  expect(listVariables(readListView({ after: 'abc' }))).toMatchObject({ first: 20, after: 'abc', last: null })
})
