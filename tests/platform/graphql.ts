import type { Parts } from './neotool.ts'

type Answer = {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[]
}

/** Sends an operation to the gateway of an environment. */
export const send = async (
  parts: Parts,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  token?: string,
): Promise<Answer> => {
  const response = await fetch(parts.gateway?.url ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as Answer
}

const ownPassword = 'walnut desks at noon'

export const signUp = (parts: Parts, email: string): Promise<Answer> =>
  send(parts, 'mutation ($input: SignUpInput!) { signUp(input: $input) { email } }', {
    input: { email, password: ownPassword, displayName: 'Ana Lima' },
  })

/** Its access token is good for a quarter of an hour. */
export type Session = { readonly accessToken: string; readonly refreshToken: string }

/** The tokens of a new session, or the stable reason of a refusal. */
export const signIn = async (
  parts: Parts,
  email: string,
  password = ownPassword,
): Promise<{ token?: string; refreshToken?: string; reason?: unknown }> => {
  const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken refreshToken } } }'
  const { data, errors } = await send(parts, query, { input: { email, password } })
  if (errors) return { reason: errors[0]?.extensions.reason }
  const { accessToken, refreshToken } = (data as { signIn: { session: Session } }).signIn.session
  return { token: accessToken, refreshToken }
}
