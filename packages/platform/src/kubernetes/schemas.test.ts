import { expect, test } from 'vitest'
import { standaloneSchema, strictSchema } from './schemas.ts'

test('a schema takes along what it refers to, and what that refers to', () => {
  const shared = {
    Spec: { properties: { port: { $ref: 'https://example.org/definitions.json#/$defs/Port' } } },
    Port: { type: 'integer', $id: 'https://example.org/port' },
    Other: { type: 'string' },
  }
  const schema = {
    $id: 'https://example.org/service',
    properties: { spec: { $ref: 'https://example.org/definitions.json#/$defs/Spec' } },
  }
  expect(standaloneSchema(schema, shared)).toEqual({
    properties: { spec: { $ref: '#/$defs/Spec' } },
    $defs: { Spec: { properties: { port: { $ref: '#/$defs/Port' } } }, Port: { type: 'integer' } },
  })
})

test('a definition may refer to itself', () => {
  const shared = { Props: { properties: { not: { $ref: '#/$defs/Props' } } } }
  expect(standaloneSchema({ $ref: '#/$defs/Props' }, shared)).toEqual({
    $ref: '#/$defs/Props',
    $defs: shared,
  })
})

test('a custom resource refuses fields that are not in its schema, at every depth', () => {
  const schema = { type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'string' } } } } }
  expect(strictSchema(schema)).toEqual({
    type: 'object',
    additionalProperties: false,
    properties: { spec: { type: 'object', additionalProperties: false, properties: { size: { type: 'string' } } } },
  })
})

test.each([
  ['a map', { type: 'object', additionalProperties: { type: 'string' } }],
  ['what is kept as it is', { type: 'object', properties: {}, 'x-kubernetes-preserve-unknown-fields': true }],
  ['an object of any kind', { type: 'object' }],
])('%s stays open', (_, schema) => {
  expect(strictSchema(schema)).toEqual(schema)
})

test.each([
  [{ type: 'string', nullable: true }, { type: ['string', 'null'] }],
  [{ 'x-kubernetes-int-or-string': true }, { type: ['integer', 'string'] }],
  [{ 'x-kubernetes-int-or-string': true, nullable: true }, { type: ['integer', 'string', 'null'] }],
])('%j is %j in JSON Schema', (schema, expected) => {
  expect(strictSchema(schema)).toEqual(expected)
})
