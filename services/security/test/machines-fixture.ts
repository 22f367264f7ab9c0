import { dataOf } from '@neotool/testkit/graphql-client'
import { ADMINISTRATORS } from '../src/groups.ts'
import { userId } from '../src/user.ts'
import { type Person, REFRESH, type SecurityFixture } from './security-fixture.ts'

const PRINCIPAL = `servicePrincipal {
  id name permissions audiences credentials { id keyId createdAt expiresAt } createdBy { id } createdAt disabledAt
}`
export const CREATE = `mutation ($input: CreateServicePrincipalInput!) {
  createServicePrincipal(input: $input) { ${PRINCIPAL} clientSecret }
}`
export const ROTATE = `mutation ($input: RotateServiceSecretInput!) {
  rotateServiceSecret(input: $input) { ${PRINCIPAL} clientSecret }
}`
export const DISABLE = `mutation ($id: ID!) { disableServicePrincipal(input: { id: $id }) { ${PRINCIPAL} } }`

export type PrincipalView = {
  id: string
  name: string
  permissions: string[]
  audiences: string[]
  credentials: { id: string; keyId: string | null; createdAt: string; expiresAt: string | null }[]
  createdBy: { id: string } | null
  disabledAt: string | null
}

export type Made = { servicePrincipal: PrincipalView; clientSecret: string | null }
export type Client = { readonly id: string; readonly secret: string }

/** Somebody in the group Administrators, with a token that says so. */
export const newAdministrator = async (fixture: SecurityFixture): Promise<Person> => {
  const person = await fixture.newPerson()
  const member = { group_id: ADMINISTRATORS, user_id: userId.parse(person.userId) }
  await fixture.database.insertInto('group_members').values(member).execute()
  const answer = await fixture.send<{ refreshAccessToken: { session: Person } }>(REFRESH, {
    token: person.refreshToken,
  })
  const { session } = dataOf(answer).refreshAccessToken
  return { ...person, ...session, token: session.accessToken }
}

let count = 0

/** A service principal, made as its administrator makes it; `permissions` are to see and save products unless given. */
export const newPrincipal = async (
  fixture: SecurityFixture,
  administrator: Person,
  input: Readonly<Record<string, unknown>> = {},
): Promise<Made> => {
  count += 1
  const all = { name: `Importer ${count}`, permissions: ['app:product:view', 'app:product:save'], ...input }
  return dataOf(await fixture.send<{ createServicePrincipal: Made }>(CREATE, { input: all }, administrator))
    .createServicePrincipal
}

export const newClient = async (
  fixture: SecurityFixture,
  administrator: Person,
  input: Readonly<Record<string, unknown>> = {},
): Promise<Client> => {
  const { servicePrincipal, clientSecret } = await newPrincipal(fixture, administrator, input)
  if (clientSecret === null) throw new Error('a public key was given, so there is no secret')
  return { id: servicePrincipal.id, secret: clientSecret }
}

export const basic = ({ id, secret }: Client): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`

type Form = Readonly<Record<string, string>>

/** Posts a form, as an OAuth client does; without `authorization` nobody is named in the header. */
export const post = async (
  fixture: SecurityFixture,
  path: string,
  form: Form | string,
  headers: Readonly<Record<string, string>> = {},
) => {
  const response = await fixture.app.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
  })
  const body = response.body === '' ? {} : response.json<Record<string, unknown>>()
  return { status: response.statusCode, headers: response.headers, body }
}

/** Does something with the clock ahead, and then sets it back: tokens of the future are refused, rightly. */
export const later = async <Result>(
  fixture: SecurityFixture,
  ms: number,
  work: () => Promise<Result>,
): Promise<Result> => {
  fixture.advance(ms)
  try {
    return await work()
  } finally {
    fixture.advance(-ms)
  }
}
