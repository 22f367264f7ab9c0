import { inject } from 'vitest'

export type Answer<Data> = {
  readonly status: number
  readonly text: string
  readonly data: Data | null
  readonly errors: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions: Readonly<Record<string, unknown>>
  }[]
}

/** Sends an operation to the gateway, as any client would. */
export const send = async <Data = Record<string, unknown>>(
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  token?: string,
): Promise<Answer<Data>> => sendBody(JSON.stringify({ query, variables }), token)

/** Sends any body to the gateway, or to another GraphQL endpoint. */
export const sendBody = async <Data>(
  body: string,
  token?: string,
  url = inject('urls').gateway,
): Promise<Answer<Data>> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body,
  })
  const text = await response.text()
  const parsed = parse<Data>(text)
  return { status: response.status, text, data: parsed.data ?? null, errors: parsed.errors ?? [] }
}

const parse = <Data>(text: string): { data?: Data | null; errors?: Answer<Data>['errors'] } => {
  try {
    return JSON.parse(text) as { data?: Data | null; errors?: Answer<Data>['errors'] }
  } catch {
    return {}
  }
}

/** The data of an answer without errors; throws the whole answer otherwise. */
export const dataOf = <Data>(answer: Answer<Data>): Data => {
  if (answer.data === null || answer.errors.length > 0) throw new Error(`${answer.status} ${answer.text}`)
  return answer.data
}

let count = 0

/** Opens an account by the API and signs in; returns the access token. */
export const signedInToken = async (): Promise<string> => {
  count += 1
  const password = 'walnut desks at noon'
  const email = `api-${Date.now()}-${count}@example.com`
  const input = { email, password, displayName: 'Api Person' }
  dataOf(await send('mutation ($input: SignUpInput!) { signUp(input: $input) { email } }', { input }))
  const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }'
  type SignedIn = { signIn: { session: { accessToken: string } } }
  return dataOf(await send<SignedIn>(signIn, { input: { email, password } })).signIn.session.accessToken
}
