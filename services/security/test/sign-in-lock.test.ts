import { randomUUID } from 'node:crypto'
import { inTransaction } from '@neotool/kit/postgres'
import * as argon2 from '@node-rs/argon2'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { PASSWORD, type SecurityFixture, SIGN_IN, SIGN_UP, startSecurity, WEB_URL } from './security-fixture.ts'
import { startSmtpServer, type TestSmtpServer } from './smtp-server.ts'

vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof argon2>()
  return { ...real, hash: vi.fn(real.hash), verify: vi.fn(real.verify) }
})

const SECOND = 1_000
const HOUR = 3_600 * SECOND

let smtp: TestSmtpServer
let fixture: SecurityFixture
beforeAll(async () => {
  smtp = await startSmtpServer()
  fixture = await startSecurity({ areLimitsOn: true, smtpUrl: smtp.url })
})
afterAll(async () => {
  await fixture[Symbol.asyncDispose]()
  await smtp[Symbol.asyncDispose]()
})
beforeEach(() => vi.clearAllMocks())

let counter = 0
const newAddress = (): string => {
  counter += 1
  return `198.18.${counter >> 8}.${counter & 255}`
}

type Answer = {
  readonly data: { readonly signIn: unknown } | null
  readonly errors?: readonly {
    message: string
    extensions: { reason: string; traceId: string; retryAfterSeconds?: number }
  }[]
}

const post = async (address: string, query: string, input: unknown): Promise<Answer> => {
  const response = await fixture.app.inject({
    method: 'POST',
    url: '/graphql',
    remoteAddress: address,
    payload: { query, variables: { input } },
  })
  return response.json()
}

const signIn = (email: string, address: string, password = PASSWORD) => post(address, SIGN_IN, { email, password })

/** What a try with this password comes to: undefined for a session, else the reason. */
const tried = async (email: string, address: string, password = PASSWORD): Promise<string | undefined> =>
  (await signIn(email, address, password)).errors?.[0]?.extensions.reason

const wrong = (email: string, address: string) => tried(email, address, 'a wrong password')

/** Somebody who has signed in from their home. */
const newOwner = async () => {
  const [email, home] = [`${randomUUID()}@example.org`, newAddress()]
  await post(home, SIGN_UP, { email, password: PASSWORD, displayName: 'Ann' })
  expect(await tried(email, home)).toBeUndefined()
  return { email, home }
}

const times = <Result>(count: number, run: () => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, run))

const retryAfter = async (email: string, address: string): Promise<number | undefined> =>
  (await signIn(email, address)).errors?.[0]?.extensions.retryAfterSeconds

/** The accounts to which a mail about a lock was asked for. */
const lockMails = async (): Promise<readonly string[]> => {
  const rows = await fixture.database.selectFrom('outbox').select('value').execute()
  return rows.flatMap(({ value }) => {
    const { data } = value as { data?: { kind?: string; userId: string } }
    return data?.kind === 'sign-in-locked' ? [data.userId] : []
  })
}

describe('wrong passwords from one network', () => {
  it('make it wait, longer each time and never for more than a quarter of an hour', async () => {
    const { email, home } = await newOwner()
    expect(await times(5, () => wrong(email, home))).toEqual(Array(5).fill('CREDENTIALS_WRONG'))
    for (const seconds of [30, 60, 120, 240, 480, 900, 900]) {
      expect(await tried(email, home)).toBe('SIGN_IN_LOCKED')
      expect(await retryAfter(email, home)).toBe(seconds)
      fixture.advance(seconds * SECOND - 1)
      expect(await tried(email, home)).toBe('SIGN_IN_LOCKED')
      fixture.advance(1)
      expect(await wrong(email, home)).toBe('CREDENTIALS_WRONG')
    }
    fixture.advance(900 * SECOND)
    expect(await tried(email, home)).toBeUndefined()
  })

  it('are forgotten once one was right, and after a day', async () => {
    const { email, home } = await newOwner()
    await times(4, () => wrong(email, home))
    expect(await tried(email, home)).toBeUndefined()
    await times(4, () => wrong(email, home))
    fixture.advance(24 * HOUR)
    expect(await times(4, () => wrong(email, home))).not.toContain('SIGN_IN_LOCKED')
    expect(await tried(email, home)).toBeUndefined()
  })

  it('lock no other network, and nobody else in this one', async () => {
    const [{ email, home }, other] = [await newOwner(), await newOwner()]
    const thief = newAddress()
    await times(8, () => wrong(email, thief))
    expect(await tried(email, thief)).toBe('SIGN_IN_LOCKED')
    expect(await tried(other.email, thief)).toBeUndefined()
    expect(await tried(email, home)).toBeUndefined()
  })

  it('are one network in all of an IPv6 /64', async () => {
    const { email } = await newOwner()
    for (const suffix of ['1', '2', 'ffff', 'a:b', 'c']) await wrong(email, `2001:db8:9:9::${suffix}`)
    expect(await tried(email, '2001:db8:9:9::77')).toBe('SIGN_IN_LOCKED')
    expect(await tried(email, '2001:db8:9:8::77')).toBeUndefined()
  })

  it('that come all at once get no more tries than one after another', async () => {
    const { email } = await newOwner()
    const thief = newAddress()
    vi.clearAllMocks()
    const answers = await times(60, () => wrong(email, thief))
    expect(answers.filter((reason) => reason === 'CREDENTIALS_WRONG')).toHaveLength(5)
    expect(argon2.verify).toHaveBeenCalledTimes(5)
  })

  it('do not count where nobody could check them', async () => {
    const { email, home } = await newOwner()
    for (let time = 0; time < 6; time += 1) {
      vi.mocked(argon2.verify).mockRejectedValueOnce(new Error('no memory'))
      expect(await tried(email, home)).toBe('INTERNAL')
    }
    expect(await tried(email, home)).toBeUndefined()
  })
})

describe('wrong passwords from many networks', () => {
  it('lock the account for networks that its owner never used, and not for the others', async () => {
    const { email, home } = await newOwner()
    const answers = await times(40, () => wrong(email, newAddress()))
    expect(answers.filter((reason) => reason === 'CREDENTIALS_WRONG')).toHaveLength(20)
    const elsewhere = newAddress()
    expect(await retryAfter(email, elsewhere)).toBe(60)
    expect(await tried(email, home)).toBeUndefined()
    // The owner's sign-in at home opens nothing for the others, and they do not lock themselves in any further by waiting.
    expect(await tried(email, elsewhere)).toBe('SIGN_IN_LOCKED')
    fixture.advance(60 * SECOND)
    expect(await tried(email, elsewhere)).toBeUndefined()
    expect(await tried(email, newAddress())).toBeUndefined()
  })

  it('never lock it for more than an hour, however long they go on', async () => {
    const { email } = await newOwner()
    await times(20, () => wrong(email, newAddress()))
    for (let hour = 0; hour < 9; hour += 1) {
      fixture.advance(HOUR)
      expect(await wrong(email, newAddress())).toBe('CREDENTIALS_WRONG')
      expect(await retryAfter(email, newAddress())).toBeLessThanOrEqual(3_600)
    }
    fixture.advance(HOUR)
    expect(await tried(email, newAddress())).toBeUndefined()
  })
})

describe('a lock', () => {
  it('tells nobody who has an account: an unknown e-mail gets the same answers for the same work', async () => {
    const { email } = await newOwner()
    const unknown = `${randomUUID()}@example.org`
    const course = async (of: string) => {
      vi.clearAllMocks()
      const before = await fixture.database.selectFrom('outbox').select('id').execute()
      const address = newAddress()
      const answers: unknown[] = []
      for (let time = 0; time < 7; time += 1) {
        const { data, errors = [] } = await signIn(of, address, 'a wrong password')
        answers.push({
          data,
          errors: errors.map(({ message, extensions }) => ({ message, ...extensions, traceId: '' })),
        })
      }
      const after = await fixture.database.selectFrom('outbox').select('id').execute()
      return { answers, hashes: vi.mocked(argon2.verify).mock.calls.length, rows: after.length - before.length }
    }
    const [known, none] = [await course(email), await course(unknown)]
    expect(none).toEqual(known)
    expect(known).toMatchObject({ hashes: 5, rows: 6 })
    expect(JSON.stringify(known.answers)).toContain('SIGN_IN_LOCKED')
  })

  it('is told to the owner once when it begins, and not again as it grows', async () => {
    const { email } = await newOwner()
    const owner = await fixture.database
      .selectFrom('users')
      .select('id')
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    const thief = newAddress()
    await times(4, () => wrong(email, thief))
    expect(await lockMails()).not.toContain(owner.id)
    await times(4, () => wrong(email, thief))
    fixture.advance(HOUR)
    await wrong(email, thief)
    expect((await lockMails()).filter((id) => id === owner.id)).toHaveLength(1)
  })

  it.each([
    ['EN', 'Somebody tried to sign in to your account'],
    ['PT', 'Alguém tentou entrar na sua conta'],
  ])('reaches its owner in %s, once a day', async (locale, subject) => {
    const email = `${randomUUID()}@example.org`
    await post(newAddress(), SIGN_UP, { email, password: PASSWORD, displayName: 'Ann', locale })
    const { id: userId } = await fixture.database
      .selectFrom('users')
      .select('id')
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    for (const hours of [0, 23, 1]) {
      fixture.advance(hours * HOUR)
      await inTransaction(fixture.database, (tx) =>
        fixture.useCases.sendRequestedMail(tx, { userId, kind: 'sign-in-locked' }),
      )
    }
    const mails = smtp.mailsTo(email)
    expect(mails.map((mail) => mail.subject)).toEqual([subject, subject])
    expect(mails[0]?.text).toContain(`${WEB_URL}/sign-in`)
    expect(mails[0]?.html).toContain(`href="${WEB_URL}/sign-in"`)
  })

  it('stores neither e-mail nor address', async () => {
    const { email } = await newOwner()
    const thief = newAddress()
    await wrong(email, thief)
    const rows = JSON.stringify(await fixture.database.selectFrom('sign_in_failures').selectAll().execute())
    expect(rows).not.toContain(email)
    expect(rows).not.toContain(thief)
    expect(rows).toContain('failures')
  })
})

describe('the limit by address', () => {
  it('refuses sign-ins of all accounts alike, without looking at a password', async () => {
    const address = newAddress()
    const emails = Array.from({ length: 101 }, () => `${randomUUID()}@example.org`)
    // As many at a time as may wait for their hash.
    for (let start = 0; start < 100; start += 50) {
      await Promise.all(emails.slice(start, start + 50).map((email) => wrong(email, address)))
    }
    vi.clearAllMocks()
    const answer = await signIn(emails[100] ?? '', address)
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'TOO_MANY_REQUESTS', reason: 'TOO_MANY_ATTEMPTS' })
    expect(answer.errors?.[0]?.extensions.retryAfterSeconds).toBeGreaterThan(0)
    expect(argon2.verify).not.toHaveBeenCalled()
  })
})
