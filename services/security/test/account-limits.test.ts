import { randomUUID } from 'node:crypto'
import { dataOf } from '@neotool/testkit/graphql-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requestedMails } from './mail-delivery.ts'
import { PASSWORD, type SecurityFixture, SIGN_IN, SIGN_UP, startSecurity } from './security-fixture.ts'

const REQUEST = 'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { requested } }'
const RESEND = 'mutation { resendVerificationEmail { requested } }'

let fixture: SecurityFixture
beforeAll(async () => {
  fixture = await startSecurity({ areLimitsOn: true })
})
afterAll(() => fixture[Symbol.asyncDispose]())

const signUp = async (): Promise<string> => {
  const email = `${randomUUID()}@example.org`
  dataOf(await fixture.send(SIGN_UP, { input: { email, password: PASSWORD, displayName: 'Ann' } }))
  return email
}
const mailsOfKind = async (kind: string) => (await requestedMails(fixture)).filter((mail) => mail.kind === kind).length

describe('an account gets three in an hour', () => {
  it('links to verify its e-mail', async () => {
    const input = { email: await signUp(), password: PASSWORD }
    type SignedIn = { signIn: { session: { accessToken: string } } }
    const token = dataOf(await fixture.send<SignedIn>(SIGN_IN, { input })).signIn.session.accessToken
    const before = await mailsOfKind('verify-email')
    for (let count = 0; count < 3; count += 1) dataOf(await fixture.send(RESEND, {}, { token }))
    const { errors } = await fixture.send(RESEND, {}, { token })
    expect(errors[0]?.extensions).toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfterSeconds: expect.any(Number) })
    expect(await mailsOfKind('verify-email')).toBe(before + 3)
  })

  it('links to a new password, and an e-mail that nobody has just as many', async () => {
    const answersFor = async (email: string) => {
      const answers = []
      for (let count = 0; count < 5; count += 1) {
        const { status, data, errors } = await fixture.send(REQUEST, { input: { email } })
        answers.push({ status, data, reasons: errors.map(({ message, extensions: { reason } }) => [message, reason]) })
      }
      return answers
    }
    const known = await answersFor(await signUp())
    expect(known.map(({ reasons }) => reasons.length)).toEqual([0, 0, 0, 1, 1])
    expect(await answersFor(`${randomUUID()}@example.org`)).toEqual(known)
  })
})
