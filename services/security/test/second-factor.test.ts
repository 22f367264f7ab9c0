import { auditedIn } from '@neotool/testkit/audit'
import { dataOf } from '@neotool/testkit/graphql-client'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userId } from '../src/user.ts'
import { factorSteps, STEP_MS, type TotpPerson } from './factors-fixture.ts'
import { MEMBER_PERMISSIONS, PASSWORD, type SecurityFixture, startSecurity } from './security-fixture.ts'

const MINUTE_MS = 60_000

let fixture: SecurityFixture
let steps: ReturnType<typeof factorSteps>
beforeAll(async () => {
  fixture = await startSecurity()
  steps = factorSteps(fixture)
})
afterAll(() => fixture[Symbol.asyncDispose]())

const reasonOf = async (answer: Promise<{ errors: readonly { extensions: { reason: string } }[] }>) =>
  (await answer).errors[0]?.extensions.reason

const sessionsOf = async ({ userId: id }: { readonly userId: string }): Promise<number> =>
  (await fixture.database.selectFrom('sessions').select('id').where('user_id', '=', userId.parse(id)).execute()).length

const wrongCodes = (person: TotpPerson): string => (steps.codeOf(person.secret) === '000000' ? '111111' : '000000')

describe('a sign-in where a second factor is on', () => {
  it('gives a challenge and no session, nor anything of the account', async () => {
    const person = await steps.withTotp()
    const before = await sessionsOf(person)
    const { signIn } = dataOf(await steps.signIn(person.email))
    expect(signIn).toEqual({
      session: null,
      user: null,
      challenge: {
        token: expect.stringMatching(/^[\w-]{43}$/),
        methods: ['TOTP', 'RECOVERY_CODE'],
        expiresAt: new Date(fixture.now().getTime() + 5 * MINUTE_MS).toISOString(),
      },
    })
    expect(await sessionsOf(person)).toBe(before)
  })

  it('is completed by a code, with a session of many factors', async () => {
    const person = await steps.withTotp()
    const { token } = await steps.challenge(person.email)
    const answer = await steps.complete({ challenge: token, totpCode: steps.codeOf(person.secret) })
    const { session, user } = dataOf(answer).completeSignIn
    expect(user).toEqual({ id: person.userId, email: person.email })
    const now = Math.floor(fixture.now().getTime() / 1_000)
    expect(decodeJwt(session.accessToken)).toMatchObject({ sub: person.userId, acr: 'multi-factor', auth_time: now })
  })

  it('stays remembered where that was asked for', async () => {
    const person = await steps.withTotp()
    const step = dataOf(await steps.signIn(person.email, { rememberMe: true })).signIn
    const answer = await steps.complete({ challenge: step.challenge?.token, totpCode: steps.codeOf(person.secret) })
    const { refreshTokenExpiresAt } = dataOf(answer).completeSignIn.session
    expect(new Date(refreshTokenExpiresAt).getTime() - fixture.now().getTime()).toBe(30 * 24 * 60 * MINUTE_MS)
  })

  it('is asked of nobody before the first code has confirmed the app', async () => {
    const person = await fixture.newPerson()
    dataOf(await fixture.send('mutation { enrolTotp { secret } }', {}, person))
    expect(dataOf(await steps.signIn(person.email)).signIn).toMatchObject({ challenge: null })
  })

  it('needs the right password first: the answer to a wrong one does not tell that a factor is on', async () => {
    const [withFactor, without] = [await steps.withTotp(), await fixture.newPerson()]
    const [one, other] = await Promise.all(
      [withFactor, without].map(({ email }) => steps.signIn(email, { password: 'correct horse bakery!' })),
    )
    const told = (answer: typeof one) => answer?.errors.map(({ message, extensions }) => [message, extensions.reason])
    expect(told(one)).toEqual(told(other))
    expect(told(one)?.[0]).toContain('CREDENTIALS_WRONG')
  })

  it('leaves what audits need: who asked, what failed, and the session', async () => {
    const person = await steps.withTotp()
    const before = (await auditedIn(fixture.database)).length
    const { token } = await steps.challenge(person.email)
    await steps.complete({ challenge: token, totpCode: wrongCodes(person) })
    await steps.complete({ challenge: token, totpCode: steps.codeOf(person.secret) })
    const rows = (await auditedIn(fixture.database)).slice(before)
    const owner = { kind: 'user', id: person.userId, permissions: MEMBER_PERMISSIONS }
    expect(rows).toMatchObject([
      { actor: { kind: 'anonymous' }, outcome: 'allowed', reason: 'SECOND_FACTOR_REQUIRED' },
      {
        actor: { kind: 'anonymous' },
        outcome: 'failed',
        reason: 'SECOND_FACTOR_WRONG',
        resource: { id: person.userId },
      },
      { actor: owner, action: 'security:session:start', outcome: 'allowed', resource: { type: 'Session' } },
    ])
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${token}|${person.secret}|${person.email}`))
  })
})

describe('a challenge', () => {
  const fresh = async () => {
    const person = await steps.withTotp()
    return { person, challenge: (await steps.challenge(person.email)).token }
  }
  const rightCode = ({ person }: { person: TotpPerson }) => steps.codeOf(person.secret)

  it('ends when the password is changed that it came after', async () => {
    const { person, challenge } = await fresh()
    const change = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { changed } }'
    const input = { currentPassword: PASSWORD, newPassword: 'a brand new staple' }
    dataOf(await fixture.send(change, { input }, person))
    expect(await reasonOf(steps.complete({ challenge, totpCode: rightCode({ person }) }))).toBe('CHALLENGE_ENDED')
  })

  it('is good once', async () => {
    const { person, challenge } = await fresh()
    dataOf(await steps.complete({ challenge, totpCode: rightCode({ person }) }))
    fixture.advance(STEP_MS)
    expect(await reasonOf(steps.complete({ challenge, totpCode: rightCode({ person }) }))).toBe('CHALLENGE_ENDED')
  })

  it('is good for five minutes', async () => {
    const { person, challenge } = await fresh()
    fixture.advance(5 * MINUTE_MS - 1)
    expect(await reasonOf(steps.complete({ challenge, totpCode: wrongCodes(person) }))).toBe('SECOND_FACTOR_WRONG')
    fixture.advance(1)
    expect(await reasonOf(steps.complete({ challenge, totpCode: rightCode({ person }) }))).toBe('CHALLENGE_ENDED')
  })

  it('ends with the fifth wrong code, and the right one comes too late', async () => {
    const { person, challenge } = await fresh()
    for (let times = 0; times < 5; times += 1) {
      expect(await reasonOf(steps.complete({ challenge, totpCode: wrongCodes(person) }))).toBe('SECOND_FACTOR_WRONG')
    }
    expect(await reasonOf(steps.complete({ challenge, totpCode: rightCode({ person }) }))).toBe('CHALLENGE_ENDED')
    const next = (await steps.challenge(person.email)).token
    dataOf(await steps.complete({ challenge: next, totpCode: rightCode({ person }) }))
  })

  it('counts guesses that come at once on two replicas', async () => {
    const { person, challenge } = await fresh()
    const guesses = Array.from({ length: 12 }, (_, index) =>
      reasonOf(steps.complete({ challenge, totpCode: wrongCodes(person) }, index % 2 ? fixture.send : fixture.replica)),
    )
    const told = await Promise.all(guesses)
    expect(told.filter((reason) => reason === 'SECOND_FACTOR_WRONG')).toHaveLength(5)
    expect(told.filter((reason) => reason === 'CHALLENGE_ENDED')).toHaveLength(7)
  })

  it("is bound to its user: another's code does not answer it", async () => {
    const { challenge } = await fresh()
    const mallory = await steps.withTotp()
    expect(await reasonOf(steps.complete({ challenge, totpCode: rightCode({ person: mallory }) }))).toBe(
      'SECOND_FACTOR_WRONG',
    )
    expect(await reasonOf(steps.complete({ challenge, recoveryCode: mallory.recoveryCodes[0] }))).toBe(
      'SECOND_FACTOR_WRONG',
    )
  })

  it('is stored as a hash alone', async () => {
    const { challenge } = await fresh()
    const rows = await fixture.database.selectFrom('challenges').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(challenge)
    expect(rows.some(({ token_hash }) => token_hash.equals(Buffer.from(challenge, 'base64url')))).toBe(false)
  })

  it.each(['', 'x', 'x'.repeat(43), "' or 1=1 --", '🔑'.repeat(43)])('is not %j', async (challenge) => {
    expect(await reasonOf(steps.complete({ challenge, totpCode: '000000' }))).toBe('CHALLENGE_ENDED')
  })

  it.each([{}, { totpCode: '000000', recoveryCode: 'abcd' }, { totpCode: null }])(
    'is not answered by %j',
    async (by) => {
      const { challenge } = await fresh()
      expect(await reasonOf(steps.complete({ challenge, ...by }))).toBe('INPUT_INVALID')
    },
  )

  it('ends where the account was disabled meanwhile', async () => {
    const { person, challenge } = await fresh()
    await fixture.database
      .updateTable('users')
      .set({ disabled_at: fixture.now() })
      .where('id', '=', userId.parse(person.userId))
      .execute()
    expect(await reasonOf(steps.complete({ challenge, totpCode: rightCode({ person }) }))).toBe('ACCOUNT_DISABLED')
    expect(await reasonOf(steps.signIn(person.email))).toBe('ACCOUNT_DISABLED')
  })
})

describe('a code of an app', () => {
  it('is good once, whoever uses it first', async () => {
    const person = await steps.withTotp()
    const totpCode = steps.codeOf(person.secret)
    const challenges = await Promise.all(Array.from({ length: 6 }, () => steps.challenge(person.email)))
    const answers = await Promise.all(
      challenges.map(({ token }, index) =>
        steps.complete({ challenge: token, totpCode }, index % 2 ? fixture.send : fixture.replica),
      ),
    )
    expect(answers.filter(({ data }) => data !== null)).toHaveLength(1)
  })

  it('is not the one that confirmed the app', async () => {
    const person = await steps.withTotp()
    const { token } = await steps.challenge(person.email)
    // It is within the window still.
    const answer = steps.complete({ challenge: token, totpCode: steps.codeOf(person.secret, -1) })
    expect(await reasonOf(answer)).toBe('SECOND_FACTOR_WRONG')
  })

  it('may be one step early or late, and no more', async () => {
    const person = await steps.withTotp()
    fixture.advance(10 * STEP_MS)
    const tries: [number, boolean][] = [
      [-2, false],
      [2, false],
      [-1, true],
      [1, true],
    ]
    for (const [offset, isGood] of tries) {
      const { token } = await steps.challenge(person.email)
      const { data } = await steps.complete({ challenge: token, totpCode: steps.codeOf(person.secret, offset) })
      expect(data !== null, String(offset)).toBe(isGood)
    }
  })

  it('is not looked at after ten wrong ones, for longer each time; the owner is told, and gets in by a recovery code', async () => {
    const person = await steps.withTotp()
    const guess = async (totpCode: string) => {
      const { token } = await steps.challenge(person.email)
      return await steps.complete({ challenge: token, totpCode })
    }
    for (let times = 0; times < 10; times += 1) {
      expect(await reasonOf(guess(wrongCodes(person)))).toBe('SECOND_FACTOR_WRONG')
    }
    expect((await guess(steps.codeOf(person.secret))).errors[0]?.extensions).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      reason: 'TOO_MANY_CODES',
      retryAfterSeconds: 15 * 60,
    })
    expect(await steps.mailsTo(person)).toEqual(['totp-added', 'codes-locked'])
    fixture.advance(15 * MINUTE_MS)
    expect(await reasonOf(guess(wrongCodes(person)))).toBe('SECOND_FACTOR_WRONG')
    fixture.advance(29 * MINUTE_MS)
    expect(await reasonOf(guess(steps.codeOf(person.secret)))).toBe('TOO_MANY_CODES')
    const { token } = await steps.challenge(person.email)
    dataOf(await steps.complete({ challenge: token, recoveryCode: person.recoveryCodes[0] }))
    fixture.advance(MINUTE_MS)
    dataOf(await guess(steps.codeOf(person.secret)))
    // The right one makes all of it forgotten.
    for (let times = 0; times < 9; times += 1) {
      expect(await reasonOf(guess(wrongCodes(person)))).toBe('SECOND_FACTOR_WRONG')
    }
    fixture.advance(STEP_MS)
    dataOf(await guess(steps.codeOf(person.secret)))
  })
})

describe('a recovery code', () => {
  it('is good once, however it is typed, and its owner is told', async () => {
    const person = await steps.withTotp()
    const [code = ''] = person.recoveryCodes
    const challenges = await Promise.all(Array.from({ length: 4 }, () => steps.challenge(person.email)))
    const recoveryCode = ` ${code.toUpperCase().replaceAll('-', ' ')}`
    const answers = await Promise.all(
      challenges.map(({ token }, index) =>
        steps.complete({ challenge: token, recoveryCode }, index % 2 ? fixture.send : fixture.replica),
      ),
    )
    expect(answers.filter(({ data }) => data !== null)).toHaveLength(1)
    expect(await steps.mailsTo(person)).toEqual(['totp-added', 'recovery-code-used'])
  })

  it.each(['', 'abcd-efgh-ijkl-2345', "' or 1=1 --", '%', 'x'.repeat(99)])('is not %j', async (recoveryCode) => {
    const person = await steps.withTotp()
    const { token } = await steps.challenge(person.email)
    expect(await reasonOf(steps.complete({ challenge: token, recoveryCode }))).toBe('SECOND_FACTOR_WRONG')
  })
})
