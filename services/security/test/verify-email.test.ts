import { randomUUID } from 'node:crypto'
import { startEvents } from '@neotool/kit/events/backbone'
import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import { callerOf, userActor } from '@neotool/testkit/actors'
import { eventually } from '@neotool/testkit/eventually'
import { dataOf } from '@neotool/testkit/graphql-client'
import { decodeJwt } from 'jose'
import type { ParsedMail } from 'mailparser'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createConsumers } from '../src/consumers.ts'
import {
  PASSWORD,
  REFRESH,
  type SecurityFixture,
  SIGN_IN,
  SIGN_UP,
  startSecurity,
  WEB_URL,
} from './security-fixture.ts'
import { startSmtpServer, type TestSmtpServer } from './smtp-server.ts'

const VERIFY = 'mutation ($input: VerifyEmailWithTokenInput!) { verifyEmailWithToken(input: $input) { verified } }'
const REQUEST = 'mutation { resendVerificationEmail { requested } }'
const CURRENT_USER = '{ currentUser { email emailVerified } }'
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

let smtp: TestSmtpServer
let fixture: SecurityFixture
let events: ReturnType<typeof startEvents>

beforeAll(async () => {
  smtp = await startSmtpServer()
  fixture = await startSecurity({ smtpUrl: smtp.url })
  events = startEvents({
    service: 'security',
    database: fixture.database,
    directUrl: fixture.testDatabase.directUrl,
    kafka: { brokers: [inject('kafkaBroker')], clientId: `test-${randomUUID()}` },
    // A group of its own: other tests' services read the same topic of the shared broker.
    consumers: createConsumers(fixture.useCases).map((consumer) => ({ ...consumer, group: `test.${randomUUID()}` })),
    log: createLogger({ service: 'security', level: 'silent' }),
    metrics: createMetrics('security'),
  })
})
afterAll(async () => {
  for (const [, stop] of events.steps) await stop()
  await fixture[Symbol.asyncDispose]()
  await smtp[Symbol.asyncDispose]()
})

const signUp = async (input: Readonly<Record<string, unknown>> = {}): Promise<string> => {
  const email = `ann.${randomUUID()}@example.org`
  dataOf(await fixture.send(SIGN_UP, { input: { email, password: PASSWORD, displayName: 'Ann', ...input } }))
  return email
}

/** The `count`-th mail to an address, once it is there. */
const mailTo = async (email: string, count = 1): Promise<ParsedMail> => {
  const mails = await eventually(
    `mail ${count}`,
    () => smtp.mailsTo(email),
    ({ length }) => length >= count,
  )
  expect(mails).toHaveLength(count)
  return mails[count - 1] as ParsedMail
}

const linkIn = ({ text = '' }: ParsedMail): URL => new URL(/https?:\S+/.exec(text)?.[0] ?? 'nowhere:')
const tokenIn = (mail: ParsedMail): string => linkIn(mail).searchParams.get('token') ?? ''

const verify = (token: string) =>
  fixture.send<{ verifyEmailWithToken: { verified: boolean } }>(VERIFY, { input: { token } })

const expectInvalid = ({ data, errors }: Awaited<ReturnType<typeof verify>>) => {
  expect(data).toBeNull()
  expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'VERIFICATION_TOKEN_INVALID' })
}

const isVerified = async (email: string): Promise<boolean> => {
  const { email_verified_at } = await fixture.database
    .selectFrom('users')
    .select('email_verified_at')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  return email_verified_at !== null
}

const signIn = async (email: string): Promise<{ token: string }> => {
  const answer = await fixture.send<{ signIn: { session: { accessToken: string } } }>(SIGN_IN, {
    input: { email, password: PASSWORD },
  })
  return { token: dataOf(answer).signIn.session.accessToken }
}

/** As the API does it; the clock of these tests runs ahead, and a token of tomorrow is refused. */
const requestLink = async (email: string): Promise<void> => {
  const { id } = await fixture.database
    .selectFrom('users')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  await fixture.useCases.resendVerificationEmail(callerOf(userActor({ id })))
}

describe('signUp', () => {
  it('sends a link that verifies the e-mail, once', async () => {
    const email = await signUp()
    const mail = await mailTo(email)
    expect(mail.subject).toBe('Verify your e-mail')
    const link = linkIn(mail)
    expect(`${link.origin}${link.pathname}`).toBe(`${WEB_URL}/verify-email`)
    expect(mail.html).toContain(`href="${link.href}"`)

    const actor = await signIn(email)
    expect(dataOf(await fixture.send(CURRENT_USER, {}, actor))).toEqual({
      currentUser: { email, emailVerified: false },
    })
    expect(dataOf(await verify(tokenIn(mail)))).toEqual({ verifyEmailWithToken: { verified: true } })
    expect(dataOf(await fixture.send(CURRENT_USER, {}, actor))).toEqual({ currentUser: { email, emailVerified: true } })
    expectInvalid(await verify(tokenIn(mail)))
  })

  it('makes the next refresh tell every service that the e-mail is verified', async () => {
    const email = await signUp()
    type Tokens = { session: { accessToken: string; refreshToken: string } }
    const input = { email, password: PASSWORD }
    const { session } = dataOf(await fixture.send<{ signIn: Tokens }>(SIGN_IN, { input })).signIn
    expect(decodeJwt(session.accessToken).email_verified).toBe(false)
    dataOf(await verify(tokenIn(await mailTo(email))))
    const answer = await fixture.send<{ refreshAccessToken: Tokens }>(REFRESH, { token: session.refreshToken })
    expect(decodeJwt(dataOf(answer).refreshAccessToken.session.accessToken).email_verified).toBe(true)
  })

  it('sends another link to whoever is signed in and asks for it, not within a minute of the first', async () => {
    const { errors } = await fixture.send(REQUEST)
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    const email = await signUp()
    const first = await mailTo(email)
    expect(dataOf(await fixture.send(REQUEST, {}, await signIn(email)))).toEqual({
      resendVerificationEmail: { requested: true },
    })
    // A mail of another kind to the same account comes after the one that must not come.
    await signUp({ email })
    expect((await mailTo(email, 2)).subject).toBe('You already have an account')
    dataOf(await verify(tokenIn(first)))
  })

  it('writes in the language of the person, and nothing that they typed', async () => {
    const email = await signUp({ locale: 'PT', displayName: 'Visit https://evil.example now' })
    const mail = await mailTo(email)
    expect(mail.subject).toBe('Confirme o seu e-mail')
    expect(mail.html).toContain('<html lang="pt">')
    expect(`${mail.text}${mail.html}`).not.toContain('evil.example')
  })

  it('tells the owner of an account that somebody tried, and leaves account and link as they are', async () => {
    const email = await signUp()
    const first = await mailTo(email)
    await signUp({ email: email.toUpperCase() })
    const second = await mailTo(email, 2)
    expect(second.subject).toBe('You already have an account')
    expect(linkIn(second).href).toBe(`${WEB_URL}/sign-in`)
    expect(await isVerified(email)).toBe(false)
    dataOf(await verify(tokenIn(first)))
  })
})

describe('a flood', () => {
  it('of sign-ups with one address is one mail in a quarter of an hour', async () => {
    const email = await signUp()
    for (let count = 0; count < 5; count += 1) await signUp({ email })
    await mailTo(email, 2)
    const { id } = await fixture.database
      .selectFrom('users')
      .select('id')
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    const done = () => fixture.database.selectFrom('inbox').select('state').where('key', '=', id).execute()
    await eventually(
      'all to be handled',
      done,
      (rows) => rows.length === 6 && rows.every(({ state }) => state === 'done'),
    )
    expect(smtp.mailsTo(email)).toHaveLength(2)
    fixture.advance(15 * MINUTE_MS)
    await signUp({ email })
    expect((await mailTo(email, 3)).subject).toBe('You already have an account')
  })
})

describe('a link', () => {
  it('is good for eight hours', async () => {
    const [late, inTime] = [await signUp(), await signUp()]
    const [lateToken, token] = [tokenIn(await mailTo(late)), tokenIn(await mailTo(inTime))]
    fixture.advance(8 * HOUR_MS - 1)
    dataOf(await verify(token))
    fixture.advance(1)
    expectInvalid(await verify(lateToken))
    expect(await isVerified(late)).toBe(false)
  })

  it('is void when a newer one was sent', async () => {
    const email = await signUp()
    const older = await mailTo(email)
    fixture.advance(MINUTE_MS)
    await requestLink(email)
    const newer = await mailTo(email, 2)
    expectInvalid(await verify(tokenIn(older)))
    dataOf(await verify(tokenIn(newer)))
  })

  it('is not sent for what is verified', async () => {
    const email = await signUp()
    dataOf(await verify(tokenIn(await mailTo(email))))
    fixture.advance(MINUTE_MS)
    await requestLink(email)
    // The next mail to the same account comes after the one that must not come.
    await signUp({ email })
    expect((await mailTo(email, 2)).subject).toBe('You already have an account')
  })

  it('works for one of ten who follow it at once', async () => {
    const token = tokenIn(await mailTo(await signUp()))
    const answers = await Promise.all(Array.from({ length: 10 }, () => verify(token)))
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1)
  })

  it.each(['', 'x', 'x'.repeat(43), 'x'.repeat(10_000), "' or true --", `${'x'.repeat(42)}\0`])(
    'with the token %j is refused',
    async (token) => expectInvalid(await verify(token)),
  )
})

describe('a mail server that fails', () => {
  const inboxOf = async (email: string) => {
    const { database } = fixture
    const { id } = await database.selectFrom('users').select('id').where('email', '=', email).executeTakeFirstOrThrow()
    return database.selectFrom('inbox').select(['state', 'last_error']).where('key', '=', id).execute()
  }

  it('gets the mail again later', async () => {
    const email = `slow.${randomUUID()}@example.org`
    smtp.refuse(email, 451)
    await signUp({ email })
    await eventually(
      'a failure',
      () => inboxOf(email),
      ([row]) => row?.state === 'parked',
    )
    smtp.accept()
    // The mail leaves before its transaction commits.
    const token = tokenIn(await mailTo(email))
    await eventually('the link', async () => (await verify(token)).errors.length === 0)
  })

  it('is not asked again where its answer is final; the dead letter does not name the address', async () => {
    const email = `gone.${randomUUID()}@example.org`
    smtp.refuse(email, 550)
    await signUp({ email })
    const [row] = await eventually(
      'the end',
      () => inboxOf(email),
      ([found]) => found?.state === 'dead',
    )
    expect(row?.last_error).toContain('550')
    expect(smtp.mailsTo(email)).toEqual([])
  })
})

describe('personal data', () => {
  it('is in no event, no inbox and no dead letter; nor is a token', async () => {
    const email = await signUp()
    const token = tokenIn(await mailTo(email))
    const { database } = fixture
    const outbox = await database.selectFrom('outbox').selectAll().execute()
    const inbox = await database.selectFrom('inbox').selectAll().execute()
    const everything = JSON.stringify([outbox, inbox])
    expect(outbox.map(({ topic }) => topic)).toContain('neotool.security.dead-letters')
    expect(everything).not.toContain('@example.org')
    expect(everything).not.toContain('Ann')
    expect(everything).not.toContain(token)
    const tokens = await database.selectFrom('email_verification_tokens').selectAll().execute()
    expect(JSON.stringify(tokens)).not.toContain(token)
  })
})
