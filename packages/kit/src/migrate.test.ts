import { describe, expect, it } from 'vitest'
import { planMigrations } from './migrate.ts'

const migration = (name: string) => ({ name, sql: 'select 1', checksum: `sum of ${name}` })
const [first, second, third] = ['0001-a.sql', '0002-b.sql', '0003-c.sql'].map(migration) as [
  ReturnType<typeof migration>,
  ReturnType<typeof migration>,
  ReturnType<typeof migration>,
]
const applied = (...done: { name: string; checksum: string }[]) =>
  new Map(done.map(({ name, checksum }) => [name, checksum]))

describe('planMigrations', () => {
  it('plans what is missing, in order', () => {
    expect(planMigrations([first, second, third], applied(first))).toEqual([second, third])
    expect(planMigrations([first], applied(first))).toEqual([])
  })

  it('refuses an applied file that has changed', () => {
    expect(() => planMigrations([first], new Map([[first.name, 'other']]))).toThrow('0001-a.sql has changed')
  })

  it('refuses a late number below one that is applied', () => {
    expect(() => planMigrations([first, second, third], applied(first, third))).toThrow('0002-b.sql comes before')
  })

  it('leaves alone what a newer release has applied', () => {
    expect(planMigrations([first], applied(first, second))).toEqual([])
  })
})
