import { expect, test } from 'vitest'
import { formatPrice, formatPriceInput, MAX_CENTS, parsePrice } from './money.ts'

test.each([
  ['19.99', 1999],
  ['0.07', 7],
  ['1.1', 110],
  ['1.', 100],
  ['12', 1200],
  ['0', 0],
  ['  8.50 ', 850],
  ['1,234.50', 123450],
  ['1,234', 123400],
  ['1,234,567', 123456700],
  ['12,5', 1250],
  ['12,50', 1250],
  ['21474836.47', MAX_CENTS],
])('in English %s is %d cents', (text, cents) => {
  expect(parsePrice(text, 'en')).toBe(cents)
})

test.each([
  ['19,99', 1999],
  ['19.99', 1999],
  ['1.234,50', 123450],
  ['1.234', 123400],
  ['0,07', 7],
])('in Portuguese %s is %d cents', (text, cents) => {
  expect(parsePrice(text, 'pt')).toBe(cents)
})

test.each([
  '',
  ' ',
  '.',
  ',',
  '-1',
  '+1',
  '1e3',
  '0x10',
  '1.234',
  '1.999',
  '1,2,3',
  '1,23,456.00',
  '21474836.48',
  'ten',
  '٣',
  '1.2.3',
  '$5',
  '99999999999',
])('%s is no price', (text) => {
  expect(parsePrice(text, 'en')).toBeUndefined()
})

test('every amount of cents survives being shown and typed', () => {
  for (const locale of ['en', 'pt'])
    for (const cents of [0, 1, 7, 10, 99, 100, 101, 1999, 2829, 113_09, 999_999, 1_000_000, 123_456_789, MAX_CENTS]) {
      expect(parsePrice(formatPriceInput(cents, locale), locale)).toBe(cents)
    }
})

test('shows currency and exactly two decimals', () => {
  expect(formatPrice(123450, 'en')).toBe('$1,234.50')
  expect(formatPrice(7, 'en')).toBe('$0.07')
  expect(formatPrice(MAX_CENTS, 'en')).toBe('$21,474,836.47')
  expect(formatPrice(1999, 'pt')).toMatch(/^US\$\s19,99$/)
})
