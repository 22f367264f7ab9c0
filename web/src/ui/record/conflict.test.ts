import { expect, test } from 'vitest'
import * as conflict from './conflict.ts'

const FIELDS = ['name', 'sku', 'priceCents', 'stock'] as const
const conflicts = (versions: conflict.Versions<typeof before>) => conflict.conflicts(FIELDS, versions)
const applyMine = (versions: conflict.Versions<typeof before>) => conflict.applyMine(FIELDS, versions)

const before = { name: 'Lamp', sku: 'LAMP-1', priceCents: 1000, stock: 5 }

test('a field that both changed is contested', () => {
  const theirs = { ...before, priceCents: 1200 }
  const mine = { ...before, priceCents: 900 }
  expect(conflicts({ before, theirs, mine })).toEqual([
    { field: 'priceCents', before: 1000, theirs: 1200, mine: 900, isContested: true },
  ])
  expect(applyMine({ before, theirs, mine })).toEqual({ ...before, priceCents: 900 })
})

test('changes of different fields are both kept', () => {
  const theirs = { ...before, stock: 4 }
  const mine = { ...before, name: 'Desk lamp' }
  expect(conflicts({ before, theirs, mine }).map(({ field, isContested }) => [field, isContested])).toEqual([
    ['name', false],
    ['stock', false],
  ])
  expect(applyMine({ before, theirs, mine })).toEqual({ ...before, name: 'Desk lamp', stock: 4 })
})

test('the same change made twice is no conflict', () => {
  const both = { ...before, name: 'Desk lamp' }
  expect(conflicts({ before, theirs: both, mine: both })).toEqual([])
  expect(applyMine({ before, theirs: both, mine: both })).toEqual(both)
})
