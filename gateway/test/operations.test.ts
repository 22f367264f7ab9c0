import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import { createOperationReader } from '../src/operations.ts'

const schema = buildSchema('type Query { note(id: ID): String }')

test('an operation that comes again is the same document, so that its plan is found', () => {
  const read = createOperationReader(schema, false)
  expect(read('{ note }', undefined).document).toBe(read('{ note }', undefined).document)
})

test('a flood of new operations does not push out one that is in use, nor is it kept', () => {
  const read = createOperationReader(schema, false)
  const used = read('{ note }', undefined).document
  const first = read('{ note(id: "first") }', undefined).document
  for (let index = 0; index < 3_000; index++) {
    read(`{ note(id: "${'x'.repeat(1_000)}${index}") }`, undefined)
    expect(read('{ note }', undefined).document).toBe(used)
  }
  expect(read('{ note(id: "first") }', undefined).document).not.toBe(first)
})
