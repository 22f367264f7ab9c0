import { mailRequestedV1 } from '@neotool/contracts/events/security-mail'
import { dataOf } from '@neotool/testkit/graphql-client'
import { Secret, TOTP } from 'otpauth'
import type { SessionTokens } from '../src/generated/graphql.ts'
import { PASSWORD, type Person, REFRESH, type SecurityFixture } from './security-fixture.ts'

const TOKENS = 'session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }'
export const SIGN_IN_STEP = `mutation ($input: SignInInput!) {
  signIn(input: $input) { ${TOKENS} user { id } challenge { token methods expiresAt } }
}`
export const COMPLETE = `mutation ($input: CompleteSignInInput!) {
  completeSignIn(input: $input) { ${TOKENS} user { id email } }
}`
export const STEP_UP = 'mutation ($input: StepUpInput!) { stepUp(input: $input) { accessToken accessTokenExpiresAt } }'
export const ENROL = 'mutation { enrolTotp { secret otpauthUri } }'
export const CONFIRM = `mutation ($code: String!) {
  confirmTotp(input: { code: $code }) { recoveryCodes factors { totpSince recoveryCodesLeft } }
}`
export const REMOVE = 'mutation { removeTotp { factors { totpSince recoveryCodesLeft } } }'
export const REGENERATE =
  'mutation { regenerateRecoveryCodes { recoveryCodes factors { totpSince recoveryCodesLeft } } }'

export const STEP_MS = 30_000

type Challenge = { readonly token: string; readonly methods: readonly string[]; readonly expiresAt: string }
export type SignInStep = {
  readonly signIn: {
    readonly session: SessionTokens | null
    readonly user: { readonly id: string } | null
    readonly challenge: Challenge | null
  }
}
export type Completed = { readonly completeSignIn: { readonly session: SessionTokens; readonly user: { id: string } } }

export type TotpPerson = Person & { readonly secret: string; readonly recoveryCodes: readonly string[] }

/** What tests of second factors do again and again. */
export const factorSteps = (fixture: SecurityFixture) => {
  const codeOf = (secret: string, steps = 0): string =>
    TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: fixture.now().getTime() + steps * STEP_MS })

  const signIn = (email: string, input: object = {}) =>
    fixture.send<SignInStep>(SIGN_IN_STEP, { input: { email, password: PASSWORD, ...input } })

  return {
    codeOf,
    signIn,
    complete: (input: object, through = fixture.send) => through<Completed>(COMPLETE, { input }),
    /** The challenge of a sign-in by password. */
    challenge: async (email: string): Promise<Challenge> => {
      const { session, user, challenge } = dataOf(await signIn(email)).signIn
      if (challenge === null || session !== null || user !== null) throw new Error('no second factor was asked for')
      return challenge
    },
    /** Somebody who has just turned codes of an app on; the code that they confirmed with is a step in the past. */
    withTotp: async (): Promise<TotpPerson> => {
      const person = await fixture.newPerson()
      const { enrolTotp } = dataOf(await fixture.send<{ enrolTotp: { secret: string } }>(ENROL, {}, person))
      const confirmed = dataOf(
        await fixture.send<{ confirmTotp: { recoveryCodes: string[] } }>(
          CONFIRM,
          { code: codeOf(enrolTotp.secret) },
          person,
        ),
      )
      fixture.advance(STEP_MS)
      return { ...person, secret: enrolTotp.secret, recoveryCodes: confirmed.confirmTotp.recoveryCodes }
    },
    /** The kinds of mails that were asked for, apart from the one at sign-up. */
    mailsTo: async (person: { readonly userId: string }): Promise<readonly string[]> => {
      const rows = await fixture.database
        .selectFrom('outbox')
        .select('value')
        .where('topic', '=', mailRequestedV1.topic)
        .orderBy('position')
        .execute()
      return rows
        .map(({ value }) => (value as { data: { userId: string; kind: string } }).data)
        .filter(({ userId, kind }) => userId === person.userId && kind !== 'verify-email')
        .map(({ kind }) => kind)
    },
    /** The access token of a session as it would be refreshed now. */
    refreshed: async ({ refreshToken }: { readonly refreshToken: string }): Promise<{ token: string }> => {
      const answer = await fixture.send<{ refreshAccessToken: { session: SessionTokens } }>(REFRESH, {
        token: refreshToken,
      })
      return { token: dataOf(answer).refreshAccessToken.session.accessToken }
    },
  }
}
