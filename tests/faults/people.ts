import { randomUUID } from 'node:crypto'
import type { Answer, ServiceProcess } from '@neotool/testkit/service-process'

export type Session = { readonly accessToken: string; readonly refreshToken: string }

const TOKENS = 'session { accessToken refreshToken }'
const SIGN_UP = 'mutation ($input: SignUpInput!) { signUp(input: $input) { email } }'
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { ${TOKENS} } }`
const SIGN_OUT = 'mutation ($input: SignOutInput!) { signOut(input: $input) { signedOut } }'
const REFRESH = `mutation ($input: RefreshAccessTokenInput!) { refreshAccessToken(input: $input) { ${TOKENS} } }`

/** The data of an answer without errors; throws the errors otherwise. */
export const dataOf = <Data>({ status, data, errors }: Answer<Data>): Data => {
  if (data === null || errors.length > 0) throw new Error(`The operation failed: ${status} ${JSON.stringify(errors)}`)
  return data
}

/** Opens an account and signs in. */
export const newSession = async (security: ServiceProcess): Promise<Session> => {
  const account = { email: `${randomUUID()}@example.com`, password: 'walnut desks at noon' }
  dataOf(await security.graphql(SIGN_UP, { input: { ...account, displayName: 'Ann' } }))
  return dataOf(await security.graphql<{ signIn: { session: Session } }>(SIGN_IN, { input: account })).signIn.session
}

export const signOut = async (security: ServiceProcess, { refreshToken }: Session): Promise<void> => {
  dataOf(await security.graphql(SIGN_OUT, { input: { refreshToken } }))
}

export const refresh = (security: ServiceProcess, { refreshToken }: Session) =>
  security.graphql<{ refreshAccessToken: { session: Session } }>(REFRESH, { input: { refreshToken } })
