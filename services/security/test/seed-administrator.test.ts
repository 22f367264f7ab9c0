import { createMetrics } from '@neotool/kit/telemetry'
import { dataOf } from '@neotool/testkit/graphql-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { groupStore as groups } from '../src/group-store.ts'
import { createPasswordHasher } from '../src/password-hasher.ts'
import { seedAdministrator } from '../src/use-cases/seed-administrator.ts'
import { userStore as users } from '../src/user-store.ts'
import { PASSWORD, type SecurityFixture, SIGN_UP, startSecurity } from './security-fixture.ts'

let fixture: SecurityFixture
beforeEach(async () => {
  fixture = await startSecurity()
})
afterEach(() => fixture[Symbol.asyncDispose]())

const seed = async () => {
  const passwords = await createPasswordHasher(createMetrics('test'))
  return seedAdministrator({ database: fixture.database, users, groups, passwords })()
}

describe('seedAdministrator', () => {
  it('makes somebody who can sign in and see everything', async () => {
    const { email, password } = await seed()
    const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { user { displayName email permissions } } }'
    const answer = await fixture.send(query, { input: { email, password } })
    expect(dataOf(answer)).toEqual({
      signIn: {
        user: {
          displayName: 'Administrator',
          email: 'admin@neotool.example',
          permissions: [
            'app:product:delete',
            'app:product:save',
            'app:product:view',
            'security:user:view',
            'security:user:view-private',
          ],
        },
      },
    })
  })

  it('makes one, however many seed at once', async () => {
    const seeds = await Promise.all([seed(), seed(), seed()])
    expect(new Set(seeds.map(({ userId }) => userId)).size).toBe(1)
    expect(seeds.filter(({ password }) => password !== null)).toHaveLength(1)
  })

  it('does not promote whoever signed up with its e-mail before', async () => {
    const input = { email: 'Admin@neotool.example', password: PASSWORD, displayName: 'Mallory' }
    dataOf(await fixture.send(SIGN_UP, { input }))
    await expect(seed()).rejects.toThrow("without administrator's rights")
  })
})
