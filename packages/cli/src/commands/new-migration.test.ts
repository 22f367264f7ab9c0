import { expect, test } from 'vitest'
import { nextMigration } from './new-migration.ts'

test.each([
  [[], '0001-create-things.sql'],
  [['0001-a-b.sql', '0009-c-d.sql', 'README.md'], '0010-create-things.sql'],
])('after %j comes %s', (existing, next) => {
  expect(nextMigration(existing, 'create-things')).toBe(next)
})

test.each(['', 'things', 'Create-things', 'create things', '../create-things', 'create--things', 'create-things.sql'])(
  'a migration cannot be called %j',
  (name) => {
    expect(() => nextMigration([], name)).toThrow('cannot be the name of a migration')
  },
)
