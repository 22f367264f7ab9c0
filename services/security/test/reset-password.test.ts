import { randomUUID } from 'node:crypto'
import { auditedIn } from '@neotool/testkit/audit'
import { dataOf } from '@neotool/testkit/graphql-client'
import * as argon2 from '@node-rs/argon2'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { factorSteps } from './factors-fixture.ts'
import { linkIn, mailDelivery, newestToken, requestedMails } from './mail-delivery.ts'
import {
  PASSWORD,
  type Person,
  REFRESH,
  type SecurityFixture,
  SIGN_IN,
  startSecurity,
  WEB_URL,
} from './security-fixture.ts'
import { startSmtpServer, type TestSmtpServer } from './smtp-server.ts'

vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof argon2>()
  return { ...real, hash: vi.fn(real.hash), verify: vi.fn(real.verify) }
})

const REQUEST = 'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { requested } }'
const RESET = 'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { reset } }'
const NEW_PASSWORD = 'a brand new staple'
const MINUTE_MS = 60_000

let smtp: TestSmtpServer
let fixture: SecurityFixture
let deliver: () => Promise<void>
let ann: Person
beforeAll(async () => {
  smtp = await startSmtpServer()
  fixture = await startSecurity({ smtpUrl: smtp.url })
  deliver = mailDelivery(fixture)
})
afterAll(async () => {
  await fixture[Symbol.asyncDispose]()
  await smtp[Symbol.asyncDispose]()
})
beforeEach(async () => {
  ann = await fixture.newPerson()
  await deliver()
  vi.clearAllMocks()
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

const request = (email: string) =>
  fixture.send<{ requestPasswordReset: { requested: boolean } }>(REQUEST, { input: { email } })
const reset = (token: string, newPassword = NEW_PASSWORD) => fixture.send(RESET, { input: { token, newPassword } })
const signIn = (email: string, password: string) => fixture.send(SIGN_IN, { input: { email, password } })
const refresh = (refreshToken: string) => fixture.send(REFRESH, { token: refreshToken })
const reasonOf = ({ errors }: Awaited<ReturnType<typeof reset>>) => errors[0]?.extensions.reason

/** The token of a link that was just asked for. */
const askedToken = async (email: string): Promise<string> => {
  dataOf(await request(email))
  await deliver()
  return newestToken(smtp, email)
}

const countOutbox = async () => (await fixture.database.selectFrom('outbox').select('id').execute()).length

describe('requestPasswordReset', () => {
  it('sends a link in a mail, whatever the case of the e-mail', async () => {
    dataOf(await request(ann.email.toUpperCase()))
    await deliver()
    const mail = smtp.mailsTo(ann.email).at(-1)
    expect(mail?.subject).toBe('Set a new password')
    const link = linkIn(mail as NonNullable<typeof mail>)
    expect(`${link.origin}${link.pathname}`).toBe(`${WEB_URL}/reset-password`)
    expect(link.searchParams.get('token')).toMatch(/^[\w-]{43}$/)
    expect(mail?.html).toContain(`href="${link.href}"`)
  })

  it('answers and works alike for an e-mail that nobody has, and sends nothing', async () => {
    const effortOf = async (email: string) => {
      const before = await countOutbox()
      const { status, data, errors } = await request(email)
      const work = [vi.mocked(argon2.hash).mock.calls.length, vi.mocked(argon2.verify).mock.calls.length]
      return { status, data, errors, work, rows: (await countOutbox()) - before }
    }
    const stranger = `${randomUUID()}@example.org`
    expect(await effortOf(stranger)).toEqual(await effortOf(ann.email))
    const [forStranger, forAnn] = (await requestedMails(fixture)).slice(-2)
    expect(Object.keys(forStranger ?? {})).toEqual(Object.keys(forAnn ?? {}))
    await deliver()
    expect(smtp.mailsTo(stranger)).toEqual([])
  })

  it('names nobody in events', async () => {
    await request(ann.email)
    const rows = await fixture.database.selectFrom('outbox').select('value').execute()
    expect(JSON.stringify(rows)).not.toContain(ann.email)
  })

  it.each(['', 'ann', 'ann@example.org\r\nBcc: all@example.org', `${'a'.repeat(10_000)}@example.org`])(
    'refuses %j',
    async (email) => expect(reasonOf(await request(email))).toBe('INPUT_INVALID'),
  )

  it('sends one link in five minutes, and the newer one voids the older', async () => {
    const first = await askedToken(ann.email)
    expect(await askedToken(ann.email)).toBe(first)
    wait(5 * MINUTE_MS)
    const second = await askedToken(ann.email)
    expect(second).not.toBe(first)
    expect(reasonOf(await reset(first))).toBe('RESET_TOKEN_INVALID')
    dataOf(await reset(second))
  })
})

describe('resetPassword', () => {
  it('sets the password, ends every session, verifies the e-mail and tells the owner', async () => {
    const other = dataOf(await signIn(ann.email, PASSWORD)) as unknown as {
      signIn: { session: { refreshToken: string } }
    }
    const token = await askedToken(ann.email)
    dataOf(await reset(token))

    expect(reasonOf(await signIn(ann.email, PASSWORD))).toBe('CREDENTIALS_WRONG')
    const signedIn = dataOf(await signIn(ann.email, NEW_PASSWORD))
    for (const refreshToken of [ann.refreshToken, other.signIn.session.refreshToken]) {
      expect(reasonOf(await refresh(refreshToken))).toBe('SESSION_ENDED')
    }
    const { session } = signedIn.signIn as { session: { accessToken: string } }
    const me = await fixture.send('{ currentUser { emailVerified } }', {}, { token: session.accessToken })
    expect(dataOf(me)).toEqual({ currentUser: { emailVerified: true } })
    await deliver()
    expect(smtp.mailsTo(ann.email).at(-1)?.subject).toBe('Your password was changed')
    expect(
      (await auditedIn(fixture.database)).filter(({ action }) => action === 'security:password:reset').at(-1),
    ).toEqual({
      actor: { kind: 'anonymous' },
      action: 'security:password:reset',
      resource: { type: 'User', id: ann.userId },
      outcome: 'allowed',
      policyIds: [],
    })
  })

  it('has every process refuse the access tokens that are out', async () => {
    const ended = async () => {
      const rows = await fixture.database
        .selectFrom('outbox')
        .select('key')
        .where('topic', '=', 'neotool.security.revocations')
        .execute()
      return rows.map(({ key }) => key)
    }
    const sessions = await fixture.database
      .selectFrom('sessions')
      .select('id')
      .where('user_id', '=', ann.userId as never)
      .execute()
    dataOf(await reset(await askedToken(ann.email)))
    expect(await ended()).toEqual(expect.arrayContaining(sessions.map(({ id }) => id)))
  })

  it('takes a token once', async () => {
    const token = await askedToken(ann.email)
    dataOf(await reset(token))
    expect(reasonOf(await reset(token, 'yet another password'))).toBe('RESET_TOKEN_INVALID')
    dataOf(await signIn(ann.email, NEW_PASSWORD))
  })

  it('lets one of ten win who use a token at once, and its password alone is good', async () => {
    const token = await askedToken(ann.email)
    const choices = Array.from({ length: 10 }, (_, index) => `staple number ${index} of ten`)
    const answers = await Promise.all(
      choices.map((choice, index) =>
        (index % 2 ? fixture.send : fixture.replica)(RESET, { input: { token, newPassword: choice } }),
      ),
    )
    const winners = choices.filter((_, index) => answers[index]?.errors.length === 0)
    expect(winners).toHaveLength(1)
    dataOf(await signIn(ann.email, winners[0] as string))
  })

  it('refuses a token after an hour', async () => {
    const [inTime, late] = [ann, await fixture.newPerson()]
    const [token, lateToken] = [await askedToken(inTime.email), await askedToken(late.email)]
    wait(60 * MINUTE_MS - 1)
    dataOf(await reset(token))
    wait(1)
    expect(reasonOf(await reset(lateToken))).toBe('RESET_TOKEN_INVALID')
  })

  it.each(['', 'x', 'x'.repeat(43), 'x'.repeat(10_000), "' or true --", `${'x'.repeat(42)}\0`])(
    'refuses the token %j and hashes nothing',
    async (token) => {
      expect(reasonOf(await reset(token))).toBe('RESET_TOKEN_INVALID')
      expect(argon2.hash).not.toHaveBeenCalled()
    },
  )

  it('does not take the token of another kind of mail', async () => {
    const verification = newestToken(smtp, ann.email)
    expect(linkIn(smtp.mailsTo(ann.email)[0] as never).pathname).toBe('/verify-email')
    expect(reasonOf(await reset(verification))).toBe('RESET_TOKEN_INVALID')
  })

  it.each(['fourteen chars', '123456789987654321', 'PasswordPassword'])(
    'refuses the password %j, and leaves the token good',
    async (password) => {
      const token = await askedToken(ann.email)
      expect(reasonOf(await reset(token, password))).toBe('INPUT_INVALID')
      dataOf(await reset(token))
    },
  )

  it('refuses the own e-mail as a password', async () => {
    const token = await askedToken(ann.email)
    const { errors } = await reset(token, ann.email.toUpperCase())
    expect(errors[0]?.extensions.fields).toEqual([
      { path: 'newPassword', message: 'must not be your e-mail or your name' },
    ])
  })

  it('leaves no session to a sign-in with the old password that was under way', async () => {
    const token = await askedToken(ann.email)
    const signIns = Array.from({ length: 6 }, () =>
      fixture.replica(SIGN_IN, { input: { email: ann.email, password: PASSWORD } }),
    )
    const [answer] = await Promise.all([reset(token), ...signIns])
    dataOf(answer)
    const open = await fixture.database
      .selectFrom('sessions')
      .select('id')
      .where('user_id', '=', ann.userId as never)
      .where('ended_at', 'is', null)
      .execute()
    expect(open).toEqual([])
  })
})

describe('a sign-in that waits for its second factor', () => {
  it('ends when the password is reset', async () => {
    const steps = factorSteps(fixture)
    const person = await steps.withTotp()
    await deliver()
    const { token: challenge } = await steps.challenge(person.email)
    dataOf(await reset(await askedToken(person.email)))
    const answer = await steps.complete({ challenge, totpCode: steps.codeOf(person.secret) })
    expect(reasonOf(answer)).toBe('CHALLENGE_ENDED')
  })
})

describe('stored', () => {
  it('is the hash of a token alone', async () => {
    const token = await askedToken(ann.email)
    const rows = await fixture.database.selectFrom('password_reset_tokens').selectAll().execute()
    expect(rows.length).toBeGreaterThan(0)
    const everything = JSON.stringify([rows, await fixture.database.selectFrom('outbox').selectAll().execute()])
    expect(everything).not.toContain(token)
    expect(everything).not.toContain(Buffer.from(token).toString('hex'))
  })
})
