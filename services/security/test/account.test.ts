import { auditedIn } from '@neotool/testkit/audit'
import { dataOf } from '@neotool/testkit/graphql-client'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ADMINISTRATORS } from '../src/groups.ts'
import { userId } from '../src/user.ts'
import { requestedMails } from './mail-delivery.ts'
import { PASSWORD, type Person, REFRESH, type SecurityFixture, SIGN_IN, startSecurity } from './security-fixture.ts'

const UPDATE =
  'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { displayName locale version } } }'
const CHANGE = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { changed } }'
const DELETE = 'mutation ($input: DeleteAccountInput!) { deleteAccount(input: $input) { deletedUserId } }'
const NEW_PASSWORD = 'a brand new staple'
const FIVE_MINUTES_MS = 5 * 60_000

let fixture: SecurityFixture
let ann: Person
beforeAll(async () => {
  fixture = await startSecurity()
})
afterAll(() => fixture[Symbol.asyncDispose]())
beforeEach(async () => {
  ann = await fixture.newPerson()
})

// The service's clock, which is put back after each test: it issues tokens that everybody's clock has to accept.
let ahead = 0
const wait = (ms: number): void => {
  ahead += ms
  fixture.advance(ms)
}
afterEach(() => {
  fixture.advance(-ahead)
  ahead = 0
})

type Send = typeof fixture.send
const update = (input: Readonly<Record<string, unknown>>, actor: { token: string } | undefined = ann) =>
  fixture.send(UPDATE, { input }, actor)
const change = (input: Readonly<Record<string, unknown>> = {}, send: Send = fixture.send) =>
  send(CHANGE, { input: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD, ...input } }, ann)
const remove = (person: Person, email = person.email, send: Send = fixture.send) =>
  send(DELETE, { input: { email } }, person)
const signIn = (email: string, password = PASSWORD) =>
  fixture.send<{ signIn: { session: { accessToken: string; refreshToken: string } } }>(SIGN_IN, {
    input: { email, password },
  })
const reasonOf = ({ errors }: Awaited<ReturnType<Send>>) => errors[0]?.extensions.reason
const rowOf = (person: Person) =>
  fixture.database.selectFrom('users').selectAll().where('id', '=', userId.parse(person.userId)).executeTakeFirst()
const stale = () => wait(FIVE_MINUTES_MS + 1_000)

describe('updateProfile', () => {
  it('changes name and language, and counts the change', async () => {
    expect(dataOf(await update({ version: 1, displayName: ' Ann Lee ', locale: 'PT' }))).toEqual({
      updateProfile: { user: { displayName: 'Ann Lee', locale: 'PT', version: 2 } },
    })
    expect(dataOf(await update({ version: 2, displayName: null, locale: 'EN' }))).toEqual({
      updateProfile: { user: { displayName: 'Ann Lee', locale: 'EN', version: 3 } },
    })
  })

  it('refuses a change that is based on what is no more, and shows what is', async () => {
    dataOf(await update({ version: 1, displayName: 'Ann Lee' }))
    const { errors } = await update({ version: 1, displayName: 'Ann Low' })
    expect(errors[0]?.extensions).toMatchObject({
      code: 'CONFLICT',
      reason: 'USER_VERSION_STALE',
      current: { displayName: 'Ann Lee', locale: 'EN', version: 2 },
    })
  })

  it.each([
    ['email', 'mallory@example.org'],
    ['emailVerified', true],
    ['passwordHash', '$argon2id$x'],
    ['permissions', ['security:user:view-private']],
    ['id', '00000000-0000-7000-8000-000000000012'],
    ['groups', [ADMINISTRATORS]],
  ])('knows no field %s, and then changes nothing', async (field, value) => {
    const before = await rowOf(ann)
    expect(reasonOf(await update({ version: 1, displayName: 'Mallory', [field]: value }))).toBe('OPERATION_INVALID')
    expect(await rowOf(ann)).toEqual(before)
  })

  it.each(['', ' ', 'Ann\r\nBcc: all@example.org', 'nul \0', 'a'.repeat(101)])('refuses the name %j', async (name) => {
    expect(reasonOf(await update({ version: 1, displayName: name }))).toBe('INPUT_INVALID')
  })

  it('is for whoever is signed in', async () => {
    const { errors } = await fixture.send(UPDATE, { input: { version: 1, displayName: 'Mallory' } })
    expect(errors[0]?.extensions.reason).toBe('SIGN_IN_REQUIRED')
  })
})

describe('changePassword', () => {
  it('replaces the password, ends all other sessions and has the owner told', async () => {
    const other = dataOf(await signIn(ann.email)).signIn.session
    dataOf(await change())
    expect(reasonOf(await signIn(ann.email))).toBe('CREDENTIALS_WRONG')
    dataOf(await signIn(ann.email, NEW_PASSWORD))
    expect(reasonOf(await fixture.send(REFRESH, { token: other.refreshToken }))).toBe('SESSION_ENDED')
    dataOf(await fixture.send(REFRESH, { token: ann.refreshToken }))
    expect((await requestedMails(fixture)).at(-1)).toEqual({ userId: ann.userId, kind: 'password-changed' })
    const audited = (await auditedIn(fixture.database)).map(({ action, outcome }) => `${action} ${outcome}`)
    expect(audited).toEqual(
      expect.arrayContaining(['security:account:save allowed', 'security:password:change allowed']),
    )
  })

  it('asks for the present password, and keeps for the log that somebody did not know it', async () => {
    const { errors } = await change({ currentPassword: 'not the password' })
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'PASSWORD_WRONG' })
    dataOf(await signIn(ann.email))
    const failed = (await auditedIn(fixture.database)).find(({ reason }) => reason === 'PASSWORD_WRONG')
    expect(failed).toMatchObject({ action: 'security:password:change', outcome: 'failed', actor: { id: ann.userId } })
  })

  it('asks for a sign-in of the last five minutes', async () => {
    stale()
    const { errors } = await change()
    expect(errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'STEP_UP_REQUIRED' })
    dataOf(await signIn(ann.email))
  })

  it.each([
    ['of 14 characters', 'fourteen chars'],
    ['that many have', '1qaz2wsx3edc4rfv'],
    ['that many have, said twice', 'LetMeIn1LetMeIn1'],
    ['of one character', 'aaaaaaaaaaaaaaaaaa'],
  ])('refuses a password %s', async (_what, newPassword) => {
    const { errors } = await change({ newPassword })
    expect(errors[0]?.extensions.fields?.map(({ path }) => path)).toEqual(['newPassword'])
    expect(JSON.stringify(errors)).not.toContain(newPassword)
  })

  it('lets one of two win who change it at once', async () => {
    const answers = await Promise.all([
      change({ newPassword: 'the first new staple' }),
      change({ newPassword: 'the other new staple' }, fixture.replica),
    ])
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1)
  })
})

describe('deleteAccount', () => {
  /** The tables with a row that speaks of the person, but those that keep ids for good. */
  const tablesWith = async ({ userId, email }: Person): Promise<readonly string[]> => {
    const { rows } = await sql<{ name: string }>`
      select tablename as name from pg_tables
      where schemaname = 'public' and tablename not in ('outbox', 'inbox', 'audit_log')`.execute(fixture.database)
    const found = await Promise.all(
      rows.map(async ({ name }) => {
        const all = await sql<{ text: string }>`select row::text as text from ${sql.table(name)} row`.execute(
          fixture.database,
        )
        return all.rows.some(({ text }) => text.includes(userId) || text.includes(email)) ? name : undefined
      }),
    )
    return found.filter((name) => name !== undefined)
  }

  it('deletes the account and all of theirs, ends its sessions, and tells the others its id', async () => {
    const id = userId.parse(ann.userId)
    expect(await tablesWith(ann)).toEqual(expect.arrayContaining(['users', 'sessions', 'group_members']))
    const sessions = await fixture.database.selectFrom('sessions').select('id').where('user_id', '=', id).execute()
    expect(dataOf(await remove(ann, ann.email.toUpperCase()))).toEqual({ deleteAccount: { deletedUserId: ann.userId } })
    expect(await rowOf(ann)).toBeUndefined()
    expect(await tablesWith(ann)).toEqual([])
    const outbox = await fixture.database.selectFrom('outbox').select(['topic', 'key', 'value']).execute()
    expect(outbox.filter(({ topic }) => topic === 'neotool.security.account').map(({ value }) => value)).toContainEqual(
      expect.objectContaining({ type: 'neotool.security.account-deleted.v1', data: { userId: ann.userId } }),
    )
    const revoked = outbox.filter(({ topic }) => topic === 'neotool.security.revocations').map(({ key }) => key)
    expect(revoked).toEqual(expect.arrayContaining(sessions.map((session) => session.id)))
    expect(JSON.stringify(outbox)).not.toContain(ann.email)
    expect(reasonOf(await signIn(ann.email))).toBe('CREDENTIALS_WRONG')
    expect(reasonOf(await fixture.send(REFRESH, { token: ann.refreshToken }))).toBe('SESSION_ENDED')
  })

  it('frees the e-mail for a new account, which is somebody else', async () => {
    dataOf(await remove(ann))
    const signUp = 'mutation ($input: SignUpInput!) { signUp(input: $input) { email } }'
    dataOf(await fixture.send(signUp, { input: { email: ann.email, password: PASSWORD, displayName: 'Bob' } }))
    const { token } = { token: dataOf(await signIn(ann.email)).signIn.session.accessToken }
    const me = dataOf(await fixture.send<{ currentUser: { id: string } }>('{ currentUser { id } }', {}, { token }))
    expect(me.currentUser.id).not.toBe(ann.userId)
    expect(reasonOf(await update({ version: 1, displayName: 'Mallory' }))).toBe('SESSION_ENDED')
  })

  it('asks for the e-mail of the account, and for a sign-in of the last five minutes', async () => {
    const other = await fixture.newPerson()
    expect(reasonOf(await remove(ann, other.email))).toBe('INPUT_INVALID')
    stale()
    expect(reasonOf(await remove(ann))).toBe('STEP_UP_REQUIRED')
    expect(await rowOf(ann)).toBeDefined()
  })

  it('lets the last administrator stay, also when two leave at once, and when the other is disabled or there for a time', async () => {
    const people = [ann, await fixture.newPerson()] as const
    const member = (person: Person) => ({ group_id: ADMINISTRATORS, user_id: userId.parse(person.userId) })
    await fixture.database.insertInto('group_members').values(people.map(member)).execute()
    const other = () => fixture.database.updateTable('users').where('id', '=', userId.parse(people[1].userId))
    await other().set({ disabled_at: fixture.now() }).execute()
    expect(reasonOf(await remove(ann))).toBe('LAST_ADMINISTRATOR')
    await other().set({ disabled_at: null }).execute()
    const membership = () =>
      fixture.database.updateTable('group_members').where('user_id', '=', userId.parse(people[1].userId))
    await membership()
      .set({ ends_at: new Date(fixture.now().getTime() + 1_000_000) })
      .execute()
    expect(reasonOf(await remove(ann))).toBe('LAST_ADMINISTRATOR')
    await membership().set({ ends_at: null }).execute()

    const answers = await Promise.all([remove(people[0]), remove(people[1], people[1].email, fixture.replica)])
    expect(answers.map(reasonOf).sort()).toEqual(['LAST_ADMINISTRATOR', undefined])
  })
})
