import { auditedIn } from '@neotool/testkit/audit'
import { dataOf } from '@neotool/testkit/graphql-client'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMINISTRATORS } from '../src/groups.ts'
import { userId } from '../src/user.ts'
import {
  CONFIRM,
  ENROL,
  factorSteps,
  REGENERATE,
  REMOVE,
  STEP_MS,
  STEP_UP,
  type TotpPerson,
} from './factors-fixture.ts'
import { PASSWORD, type Person, type SecurityFixture, startSecurity } from './security-fixture.ts'

const MINUTE_MS = 60_000
const FACTORS = '{ currentUser { factors { totpSince recoveryCodesLeft } } }'
const CHANGE_PASSWORD = `mutation ($new: String!) {
  changePassword(input: { currentPassword: "${PASSWORD}", newPassword: $new }) { changed }
}`
const SHORT = 'kX9#vq2L'

let fixture: SecurityFixture
let steps: ReturnType<typeof factorSteps>
beforeAll(async () => {
  fixture = await startSecurity()
  steps = factorSteps(fixture)
})
afterAll(() => fixture[Symbol.asyncDispose]())

type Actor = { readonly token: string }
type Refusable = { errors: readonly { extensions: { reason: string } }[] }
const reasonOf = async (answer: Promise<Refusable>) => (await answer).errors[0]?.extensions.reason

const enrol = async (actor: Actor): Promise<string> =>
  dataOf(await fixture.send<{ enrolTotp: { secret: string } }>(ENROL, {}, actor)).enrolTotp.secret
const confirm = (actor: Actor, code: string) =>
  fixture.send<{ confirmTotp: { recoveryCodes: string[] | null } }>(CONFIRM, { code }, actor)
const stepUp = (actor: Actor, input: object) =>
  fixture.send<{ stepUp: { accessToken: string } }>(STEP_UP, { input }, actor)
const factorsOf = async (actor: Actor) =>
  dataOf(await fixture.send<{ currentUser: { factors: unknown } }>(FACTORS, {}, actor)).currentUser.factors

/** Signs the person in once more, by password and a code. */
const anotherSession = async (person: TotpPerson) => {
  fixture.advance(STEP_MS)
  const { token } = await steps.challenge(person.email)
  const answer = await steps.complete({ challenge: token, totpCode: steps.codeOf(person.secret) })
  const { session } = dataOf(answer).completeSignIn
  return { ...session, token: session.accessToken }
}

const MUTATIONS = [
  ['enrolTotp', ENROL, {}],
  ['confirmTotp', CONFIRM, { code: '000000' }],
  ['removeTotp', REMOVE, {}],
  ['regenerateRecoveryCodes', REGENERATE, {}],
] as const

describe.each(MUTATIONS)('%s', (_name, mutation, variables) => {
  it('is for people who are signed in', async () => {
    expect(await reasonOf(fixture.send(mutation, variables))).toBe('SIGN_IN_REQUIRED')
  })

  it('needs a proof of the last five minutes', async () => {
    const person = await fixture.newPerson()
    fixture.advance(5 * MINUTE_MS + 1_000)
    expect(await reasonOf(fixture.send(mutation, variables, person))).toBe('STEP_UP_REQUIRED')
  })

  it('believes what is known of the session more than its token', async () => {
    const person = await fixture.newPerson()
    await fixture.database
      .updateTable('sessions')
      .set({ authenticated_at: new Date(fixture.now().getTime() - 10 * MINUTE_MS) })
      .where('user_id', '=', userId.parse(person.userId))
      .execute()
    expect(await reasonOf(fixture.send(mutation, variables, person))).toBe('STEP_UP_REQUIRED')
    await fixture.send('mutation ($token: String!) { signOut(input: { refreshToken: $token }) { signedOut } }', {
      token: person.refreshToken,
    })
    expect(await reasonOf(fixture.send(mutation, variables, person))).toBe('SESSION_ENDED')
  })
})

describe('setting up codes of an app', () => {
  it('shows the secret once, keeps it sealed, and gives ten codes of which only hashes are kept', async () => {
    const person = await steps.withTotp()
    expect(await factorsOf(person)).toEqual({ totpSince: expect.any(String), recoveryCodesLeft: 10 })
    expect(new Set(person.recoveryCodes).size).toBe(10)
    const id = userId.parse(person.userId)
    const totp = await fixture.database.selectFrom('totp_factors').selectAll().where('user_id', '=', id).execute()
    const codes = await fixture.database.selectFrom('recovery_codes').selectAll().where('user_id', '=', id).execute()
    const stored = [...totp.map(({ sealed_secret }) => sealed_secret), ...codes.map(({ code_hash }) => code_hash)]
    const everything = Buffer.concat(stored).toString('latin1')
    for (const plain of [person.secret, ...person.recoveryCodes.flatMap((code) => [code, code.replaceAll('-', '')])]) {
      expect(everything).not.toContain(plain)
    }
    expect(await steps.mailsTo(person)).toEqual(['totp-added'])
  })

  it('takes no wrong code, nor one of a secret that was replaced', async () => {
    const person = await fixture.newPerson()
    const former = await enrol(person)
    const secret = await enrol(person)
    expect(await reasonOf(confirm(person, steps.codeOf(former)))).toBe('SECOND_FACTOR_WRONG')
    expect(await factorsOf(person)).toEqual({ totpSince: null, recoveryCodesLeft: 0 })
    dataOf(await confirm(person, steps.codeOf(secret)))
    expect(await reasonOf(confirm(person, steps.codeOf(secret)))).toBe('TOTP_NOT_PENDING')
  })

  it('does not begin again while codes are on, so that nobody swaps the app unseen', async () => {
    const person = await steps.withTotp()
    expect(await reasonOf(fixture.send(ENROL, {}, person))).toBe('TOTP_ON')
  })

  it('makes the other sessions stale, and this one a session of two factors', async () => {
    const person = await fixture.newPerson()
    const other = dataOf(await steps.signIn(person.email)).signIn.session
    if (other === null) throw new Error('no session')
    dataOf(await confirm(person, steps.codeOf(await enrol(person))))
    // The token from before, and the one after refreshing it.
    expect(await reasonOf(fixture.send(REMOVE, {}, { token: other.accessToken }))).toBe('STEP_UP_REQUIRED')
    const later = await steps.refreshed(other)
    expect(await reasonOf(fixture.send(REMOVE, {}, later))).toBe('STEP_UP_REQUIRED')
    expect(decodeJwt((await steps.refreshed(person)).token)).toMatchObject({
      acr: 'multi-factor',
      auth_time: Math.floor(fixture.now().getTime() / 1_000),
    })
    expect(await reasonOf(stepUp(later, { password: PASSWORD }))).toBe('SECOND_FACTOR_REQUIRED')
  })

  it('has tokens that are out refreshed, which tell an older proof', async () => {
    const person = await steps.withTotp()
    const rows = await fixture.database.selectFrom('outbox').select(['key', 'value']).execute()
    expect(rows.filter(({ key }) => key === person.userId).map(({ value }) => value)).toContainEqual(
      expect.objectContaining({ principalId: person.userId, rightsVersion: expect.any(Number) }),
    )
  })
})

describe('removing codes of an app', () => {
  it('lets the password alone in again, voids the recovery codes, and tells the owner', async () => {
    const person = await steps.withTotp()
    const before = (await auditedIn(fixture.database)).length
    const { removeTotp } = dataOf(await fixture.send<{ removeTotp: unknown }>(REMOVE, {}, person))
    expect(removeTotp).toEqual({ factors: { totpSince: null, recoveryCodesLeft: 0 } })
    expect((await auditedIn(fixture.database)).slice(before)).toMatchObject([
      { action: 'security:account:save', outcome: 'allowed', policyIds: ['account-self'] },
      { action: 'security:totp:remove', outcome: 'allowed', resource: { id: person.userId } },
    ])
    expect(dataOf(await steps.signIn(person.email)).signIn.challenge).toBeNull()
    expect(await steps.mailsTo(person)).toEqual(['totp-added', 'totp-removed'])
    expect(await reasonOf(fixture.send(REMOVE, {}, person))).toBe('TOTP_OFF')
  })

  it('is refused while the password is short, which it may be only beside a second factor', async () => {
    const person = await fixture.newPerson()
    const change = (to: string) => fixture.send(CHANGE_PASSWORD, { new: to }, person)
    expect(await reasonOf(change(SHORT))).toBe('INPUT_INVALID')
    dataOf(await confirm(person, steps.codeOf(await enrol(person))))
    expect(await reasonOf(change(SHORT.slice(1)))).toBe('INPUT_INVALID')
    dataOf(await change(SHORT))
    expect(await reasonOf(fixture.send(REMOVE, {}, person))).toBe('PASSWORD_TOO_SHORT_ALONE')
    expect(await factorsOf(person)).toMatchObject({ totpSince: expect.any(String), recoveryCodesLeft: 10 })
    const longer = CHANGE_PASSWORD.replace(PASSWORD, SHORT)
    dataOf(await fixture.send(longer, { new: 'a longer one, for good' }, person))
    dataOf(await fixture.send(REMOVE, {}, person))
  })
})

describe('new recovery codes', () => {
  it('void the former ones', async () => {
    const person = await steps.withTotp()
    const { regenerateRecoveryCodes: fresh } = dataOf(
      await fixture.send<{ regenerateRecoveryCodes: { recoveryCodes: string[] } }>(REGENERATE, {}, person),
    )
    expect(fresh.recoveryCodes).toHaveLength(10)
    const { token } = await steps.challenge(person.email)
    const former = steps.complete({ challenge: token, recoveryCode: person.recoveryCodes[0] })
    expect(await reasonOf(former)).toBe('SECOND_FACTOR_WRONG')
    dataOf(await steps.complete({ challenge: token, recoveryCode: fresh.recoveryCodes[0] }))
    expect(await factorsOf(person)).toMatchObject({ recoveryCodesLeft: 9 })
    expect(await steps.mailsTo(person)).toEqual(['totp-added', 'recovery-codes-replaced', 'recovery-code-used'])
  })

  it('are not given where there is nothing to recover', async () => {
    expect(await reasonOf(fixture.send(REGENERATE, {}, await fixture.newPerson()))).toBe('SECOND_FACTOR_OFF')
  })
})

describe('stepUp', () => {
  const stale = async (): Promise<Person> => {
    const person = await fixture.newPerson()
    fixture.advance(6 * MINUTE_MS)
    return person
  }

  it('by the password opens five minutes, in the token and in the session', async () => {
    const person = await stale()
    expect(await reasonOf(fixture.send(ENROL, {}, person))).toBe('STEP_UP_REQUIRED')
    const { accessToken } = dataOf(await stepUp(person, { password: PASSWORD })).stepUp
    const now = Math.floor(fixture.now().getTime() / 1_000)
    expect(decodeJwt(accessToken)).toMatchObject({
      sid: decodeJwt(person.accessToken).sid,
      sub: person.userId,
      acr: 'single-factor',
      auth_time: now,
    })
    dataOf(await fixture.send(ENROL, {}, { token: accessToken }))
    dataOf(await fixture.send(ENROL, {}, await steps.refreshed(person)))
    fixture.advance(5 * MINUTE_MS + 1_000)
    expect(await reasonOf(fixture.send(ENROL, {}, { token: accessToken }))).toBe('STEP_UP_REQUIRED')
  })

  it('by a code makes it a session of two factors, with a code that was not used before', async () => {
    const person = await steps.withTotp()
    fixture.advance(6 * MINUTE_MS)
    const used = steps.codeOf(person.secret)
    const { accessToken } = dataOf(await stepUp(person, { totpCode: used })).stepUp
    expect(decodeJwt(accessToken).acr).toBe('multi-factor')
    expect(await reasonOf(stepUp(person, { totpCode: used }))).toBe('SECOND_FACTOR_WRONG')
    dataOf(await fixture.send(REMOVE, {}, { token: accessToken }))
  })

  it('refuses the password where a second factor is on, even the right one', async () => {
    const person = await steps.withTotp()
    expect(await reasonOf(stepUp(person, { password: PASSWORD }))).toBe('SECOND_FACTOR_REQUIRED')
  })

  it('bounds guesses of the password too', async () => {
    const person = await stale()
    for (let times = 0; times < 10; times += 1) {
      expect(await reasonOf(stepUp(person, { password: `wrong ${times}` }))).toBe('PASSWORD_WRONG')
    }
    expect(await reasonOf(stepUp(person, { password: PASSWORD }))).toBe('TOO_MANY_CODES')
    fixture.advance(15 * MINUTE_MS)
    dataOf(await stepUp(await steps.refreshed(person), { password: PASSWORD }))
  })

  it('is for open sessions of people', async () => {
    const person = await fixture.newPerson()
    expect(await reasonOf(fixture.send(STEP_UP, { input: { password: PASSWORD } }))).toBe('SIGN_IN_REQUIRED')
    await fixture.send('mutation ($token: String!) { signOut(input: { refreshToken: $token }) { signedOut } }', {
      token: person.refreshToken,
    })
    expect(await reasonOf(stepUp(person, { password: PASSWORD }))).toBe('SESSION_ENDED')
  })

  it.each([{}, { password: PASSWORD, totpCode: '000000' }])('wants one proof: %j', async (input) => {
    expect(await reasonOf(stepUp(await fixture.newPerson(), input))).toBe('INPUT_INVALID')
  })

  it('leaves the other sessions as they are', async () => {
    const person = await steps.withTotp()
    const other = await anotherSession(person)
    fixture.advance(6 * MINUTE_MS)
    dataOf(await stepUp(other, { totpCode: steps.codeOf(person.secret) }))
    expect(await reasonOf(fixture.send(REMOVE, {}, await steps.refreshed(person)))).toBe('STEP_UP_REQUIRED')
  })
})

describe('the factors of an account', () => {
  it('are shown to nobody else, whatever they hold', async () => {
    const [person, admin] = [await steps.withTotp(), await fixture.newPerson()]
    const member = { group_id: ADMINISTRATORS, user_id: userId.parse(admin.userId) }
    await fixture.database.insertInto('group_members').values(member).execute()
    const query = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on User { email factors { recoveryCodesLeft } } }
    }`
    const variables = { representations: [{ __typename: 'User', id: person.userId }] }
    const { data, errors } = await fixture.send(query, variables, await steps.refreshed(admin))
    expect(data).toEqual({ _entities: [{ email: person.email, factors: null }] })
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
  })
})
