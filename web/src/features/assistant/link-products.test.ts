import { expect, test } from 'vitest'
import { linkProducts } from './link-products.ts'

const lamp = { id: '1', name: 'Lamp' }
const deskLamp = { id: '2', name: 'Lamp, brass (new)' }

test('names become links, in the order of the text', () => {
  expect(linkProducts('- Lamp, brass (new), 10.00\n- Lamp, 5.00', [lamp, deskLamp])).toEqual([
    { text: '- ' },
    { text: 'Lamp, brass (new)', productId: '2' },
    { text: ', 10.00\n- ' },
    { text: 'Lamp', productId: '1' },
    { text: ', 5.00' },
  ])
})

test('a text without names stays whole', () => {
  expect(linkProducts('There are no products.', [])).toEqual([{ text: 'There are no products.' }])
  expect(linkProducts('Nothing here.', [lamp, { id: '3', name: '' }])).toEqual([{ text: 'Nothing here.' }])
})
