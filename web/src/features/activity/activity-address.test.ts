import { expect, test } from 'vitest'
import { activityHref, readActivityView } from './activity-address.ts'

test('the address of a view gives the view again', () => {
  for (const href of [
    '/activity',
    '/activity?product=0198c2a4-6f3e-7c11-9d5a-3f1f0a5b7c21',
    '/activity?product=0198c2a4-6f3e-7c11-9d5a-3f1f0a5b7c21&before=YWJj%3D',
    '/activity?after=xyz',
  ]) {
    const { searchParams } = new URL(href, 'http://localhost')
    expect(activityHref(readActivityView(Object.fromEntries(searchParams)))).toBe(href)
  }
})

test('an address with nonsense is read as the whole feed', () => {
  expect(activityHref(readActivityView({ product: 'lamp', after: ['a'], before: '' }))).toBe('/activity')
})
