import { createMetrics } from '@neotool/kit/telemetry'
import { dataOf } from '@neotool/testkit/graphql-client'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { groupStore as groups } from '../src/group-store.ts'
import { createPasswordHasher, type PasswordHasher } from '../src/password-hasher.ts'
import { seedAdministrator } from '../src/use-cases/seed-administrator.ts'
import { userStore as users } from '../src/user-store.ts'
import { PASSWORD, type SecurityFixture, SIGN_UP, startSecurity } from './security-fixture.ts'

let fixture: SecurityFixture
beforeEach(async () => {
  fixture = await startSecurity()
})
afterEach(() => fixture[Symbol.asyncDispose]())

const prepareSeed = async () => {
  const passwords = await createPasswordHasher(createMetrics('test'))
  return (change: Partial<PasswordHasher> = {}) =>
    seedAdministrator({ database: fixture.database, users, groups, passwords: { ...passwords, ...change } })()
}

describe('seedAdministrator', () => {
  it('makes somebody who can sign in and see everything', async () => {
    const seed = await prepareSeed()
    const { email, password } = await seed()
    const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { user { displayName email permissions } } }'
    const answer = await fixture.send(query, { input: { email, password } })
    const { rows } = await sql<{ name: string }>`select name from permissions order by name`.execute(fixture.database)
    expect(dataOf(answer)).toEqual({
      signIn: {
        user: {
          displayName: 'Administrator',
          email: 'admin@neotool.example',
          permissions: rows.map(({ name }) => name),
        },
      },
    })
  })

  it('makes one, however many seed at once', async () => {
    const seed = await prepareSeed()
    // Hashing takes its time, one after the other: without it all of them meet in the database.
    const hash = async () => '$argon2id$v=19$m=19456,t=2,p=1$none'
    const seeds = await Promise.all(Array.from({ length: 8 }, () => seed({ hash })))
    expect(new Set(seeds.map(({ userId }) => userId)).size).toBe(1)
    expect(seeds.filter(({ password }) => password !== null)).toHaveLength(1)
  })

  it('does not promote whoever signed up with its e-mail before', async () => {
    const input = { email: 'Admin@neotool.example', password: PASSWORD, displayName: 'Mallory' }
    dataOf(await fixture.send(SIGN_UP, { input }))
    const seed = await prepareSeed()
    await expect(seed()).rejects.toThrow("without administrator's rights")
  })
})
