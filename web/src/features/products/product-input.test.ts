import { expect, test } from 'vitest'
import { parseProduct, readProductText } from './product-input.ts'

test('reads what was typed', () => {
  const entered = { name: ' Desk lamp ', sku: ' lamp-1 ', priceCents: '19.90', stock: ' 7 ' }
  expect(parseProduct(entered, 'en')).toEqual({
    values: { name: 'Desk lamp', sku: 'LAMP-1', priceCents: 1990, stock: 7 },
  })
})

test('names every fault at once', () => {
  expect(parseProduct({ name: ' ', sku: 'a b', priceCents: '1.999', stock: '1.5' }, 'en')).toEqual({
    faults: { name: 'nameInvalid', sku: 'skuInvalid', priceCents: 'priceInvalid', stock: 'stockInvalid' },
  })
})

test.each(['-1', '', '2147483648', '1e3', '٣'])('%j is no stock', (stock) => {
  const parsed = parseProduct({ name: 'n', sku: 's', priceCents: '1', stock }, 'en')
  expect(parsed.faults).toEqual({ stock: 'stockInvalid' })
})

test('a name is counted in characters', () => {
  const named = (name: string) => parseProduct({ name, sku: 's', priceCents: '1', stock: '1' }, 'en').faults
  expect(named('😀'.repeat(200))).toBeUndefined()
  expect(named('😀'.repeat(201))).toEqual({ name: 'nameInvalid' })
})

test('a form with files or without fields is read as empty', () => {
  const data = new FormData()
  data.set('name', new Blob(['x']))
  expect(readProductText(data)).toEqual({ name: '', sku: '', priceCents: '', stock: '' })
})
