import { expect, test } from 'vitest'
import { quantity } from './quantity.ts'

test.each([
  ['50m', 0.05],
  ['1', 1],
  [2, 2],
  ['1.5', 1.5],
  ['256Mi', 268_435_456],
  ['32G', 32_000_000_000],
  ['1Gi', 1_073_741_824],
])('%s is %d', (text, number) => {
  expect(quantity(text)).toBeCloseTo(number, 9)
})

test.each(['', '1 Gi', '-1', '1Xi', 'many'])('"%s" is no quantity', (text) => {
  expect(() => quantity(text)).toThrow('is no quantity')
})
