import { expect, test } from 'vitest'
import { parseCustomer, readCustomerText } from './customer-input.ts'

const entered = { name: ' Ana Lima ', email: ' Ana@Example.com ', status: 'ACTIVE' }

test('spaces around what was typed do not count', () => {
  expect(parseCustomer(entered)).toEqual({ values: { name: 'Ana Lima', email: 'Ana@Example.com', status: 'ACTIVE' } })
})

test.each([
  ['name', '', 'nameInvalid'],
  ['name', 'x'.repeat(201), 'nameInvalid'],
  ['email', 'ana', 'emailInvalid'],
  ['email', 'ana@', 'emailInvalid'],
  ['email', `${'a'.repeat(250)}@example.com`, 'emailInvalid'],
  ['status', 'GONE', 'statusInvalid'],
])('%s "%s" is refused', (field, value, fault) => {
  expect(parseCustomer({ ...entered, [field]: value })).toEqual({ faults: { [field]: fault } })
})

test('two hundred characters are counted as a person counts them', () => {
  expect(parseCustomer({ ...entered, name: '🦊'.repeat(200) }).faults).toBeUndefined()
})

test('a field that is missing or a file is read as empty', () => {
  const data = new FormData()
  data.set('name', new Blob(['x']))
  expect(readCustomerText(data)).toEqual({ name: '', email: '', status: '' })
})
