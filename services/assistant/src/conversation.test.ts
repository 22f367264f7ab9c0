import { expect, it } from 'vitest'
import { titleOf } from './conversation.ts'

it.each([
  ['find lamps', 'find lamps'],
  ['find lamps\nand chairs', 'find lamps'],
  ['x'.repeat(80), 'x'.repeat(80)],
  ['x'.repeat(81), `${'x'.repeat(79)}…`],
  // Each is two code units: cut between them, it could not be stored.
  ['🪑'.repeat(100), `${'🪑'.repeat(79)}…`],
])('the title of a conversation that begins with %j is %j', (text, title) => {
  expect(titleOf(text)).toBe(title)
})
