import { randomUUID } from 'node:crypto'
import { dataOf } from '@neotool/testkit/graphql-client'
import * as argon2 from '@node-rs/argon2'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { MEMBERS } from '../src/groups.ts'
import { PASSWORD, type SecurityFixture, SIGN_UP, startSecurity } from './security-fixture.ts'

vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof argon2>()
  return { ...real, hash: vi.fn(real.hash), verify: vi.fn(real.verify) }
})

let fixture: SecurityFixture
beforeAll(async () => {
  fixture = await startSecurity()
})
afterAll(() => fixture[Symbol.asyncDispose]())
beforeEach(() => vi.clearAllMocks())

const signUp = (input: Readonly<Record<string, unknown>>) =>
  fixture.send<{ signUp: { email: string } }>(SIGN_UP, {
    input: { email: `${randomUUID()}@example.org`, password: PASSWORD, displayName: 'Ann', ...input },
  })

const accountsOf = (email: string) =>
  fixture.database.selectFrom('users').selectAll().where('email_normalized', '=', email.toLowerCase()).execute()

describe('signUp', () => {
  it('opens an account in the group Members, and no session', async () => {
    const email = `Ann.${randomUUID()}@Example.org`
    expect(dataOf(await signUp({ email: `  ${email} `, displayName: ' Ann Lee ' }))).toEqual({ signUp: { email } })
    const [account] = await accountsOf(email)
    expect(account).toMatchObject({ email, display_name: 'Ann Lee', version: 1 })
    const { database } = fixture
    const groups = await database
      .selectFrom('group_members')
      .selectAll()
      .where('user_id', '=', account?.id ?? null)
      .execute()
    expect(groups.map(({ group_id }) => group_id)).toEqual([MEMBERS])
    expect(await database.selectFrom('sessions').selectAll().execute()).toEqual([])
  })

  it('stores the password as an Argon2id hash alone', async () => {
    const email = `${randomUUID()}@example.org`
    await signUp({ email })
    const [account] = await accountsOf(email)
    expect(account?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(JSON.stringify(account)).not.toContain(PASSWORD)
  })

  it('answers and works alike for an e-mail that is in use, and leaves that account as it is', async () => {
    const email = `${randomUUID()}@example.org`
    const first = await signUp({ email })
    expect(argon2.hash).toHaveBeenCalledTimes(1)
    const before = await accountsOf(email)

    const second = await signUp({ email, displayName: 'Mallory', password: 'another password entirely' })
    expect(argon2.hash).toHaveBeenCalledTimes(2)
    expect(argon2.verify).not.toHaveBeenCalled()
    expect(second).toEqual(first)
    expect(await accountsOf(email)).toEqual(before)

    const inCapitals = await signUp({ email: email.toUpperCase() })
    expect(dataOf(inCapitals).signUp.email).toBe(email.toUpperCase())
    expect(await accountsOf(email)).toEqual(before)
  })

  it('opens one account when twenty people want the same e-mail at once', async () => {
    const email = `${randomUUID()}@example.org`
    const answers = await Promise.all(Array.from({ length: 20 }, () => signUp({ email })))
    for (const answer of answers) expect(dataOf(answer)).toEqual({ signUp: { email } })
    expect(await accountsOf(email)).toHaveLength(1)
  })

  it.each([
    ['empty', 'email', ''],
    ['without a domain', 'email', 'ann'],
    ['without the name of a domain', 'email', 'ann@'],
    ['with a blank', 'email', 'ann lee@example.org'],
    ['of two people', 'email', 'ann@example.org, bob@example.org'],
    ['beyond ASCII', 'email', 'ann@exämple.org'],
    ['with a header of a mail', 'email', 'ann@example.org\r\nBcc: all@example.org'],
    ['of 10 kB', 'email', `${'a'.repeat(10_000)}@example.org`],
    ['of 14 characters', 'password', 'fourteen chars'],
    ['of 129 characters', 'password', 'x'.repeat(129)],
    ['of 10 kB', 'password', 'x'.repeat(10_000)],
    ['with a NUL', 'password', 'with a nul \0 inside it'],
    ['empty', 'displayName', ''],
    ['of blanks', 'displayName', ' \t '],
    ['of 101 characters', 'displayName', 'a'.repeat(101)],
    ['of 10 kB', 'displayName', 'a'.repeat(10_000)],
    ['of 101 characters once it is composed', 'displayName', `${'a'.repeat(99)}\u0958`],
    ['of two lines', 'displayName', 'Ann\nLee'],
    ['with a NUL', 'displayName', 'nul \0'],
    ['with half a character', 'displayName', 'Ann \ud83d'],
  ])('refuses what is %s as %s and hashes nothing', async (_what, field, value) => {
    const { errors } = await signUp({ [field]: value })
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'INPUT_INVALID' })
    expect(errors[0]?.extensions.fields?.map(({ path }) => path)).toEqual([field])
    expect(argon2.hash).not.toHaveBeenCalled()
    if (field === 'password') expect(JSON.stringify(errors)).not.toContain(value)
  })

  it.each(["O'Brien'); drop table users; --", '<script>alert(1)</script>', '{{7*7}} #{7*7} %s', '李小龍 🐉', '%_\\'])(
    'keeps the name %j as it is',
    async (displayName) => {
      const email = `${randomUUID()}@example.org`
      dataOf(await signUp({ email, displayName }))
      expect((await accountsOf(email))[0]?.display_name).toBe(displayName)
    },
  )
})
