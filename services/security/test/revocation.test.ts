/**
 * Real processes of all services over a real broker: whatever ends a session or takes rights away, each replica of each
 * service refuses the access tokens that are out. How soon is measured by `npm run bench:security`.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase } from '@neotool/testkit/database'
import { eventually } from '@neotool/testkit/eventually'
import { type KafkaServer, startBroker } from '@neotool/testkit/kafka'
import { runOperation, type ServiceProcess, startService } from '@neotool/testkit/service-process'
import { decodeJwt } from 'jose'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MEMBERS } from '../src/groups.ts'
import { PASSWORD, REFRESH, SIGN_IN, SIGN_OUT, SIGN_UP } from './security-fixture.ts'

type Tokens = { readonly accessToken: string; readonly refreshToken: string }
type Person = { readonly email: string; readonly userId: string; readonly tokens: Tokens }

const cleanup = new AsyncDisposableStack()
let broker: KafkaServer
let security: ServiceProcess
let everywhere: readonly (readonly [string, ServiceProcess])[]
let database: pg.Client
let administrator: string

const key = randomBytes(32).toString('base64')

/** Starts a server over a database of its own, or one that is given, and gives its settings too. */
const start = async (
  service: string,
  own: Readonly<Record<string, string>>,
  shared?: Readonly<Record<string, string>>,
): Promise<{ readonly server: ServiceProcess; readonly settings: Readonly<Record<string, string>> }> => {
  const storage = async () => {
    const { url, directUrl } = cleanup.use(await createTestDatabase(service))
    return { POSTGRES_URL: url.reveal(), POSTGRES_DIRECT_URL: directUrl.reveal() }
  }
  const plain = {
    HTTP_PORT: '0',
    KAFKA_BROKERS: broker.bootstrapServers,
    TOKEN_ISSUER: 'https://security.test',
    TOKEN_AUDIENCE: 'neotool-test',
    ...own,
    ...(shared === undefined && (await storage())),
  }
  const named = Object.entries(plain).map(([name, value]) => [`${service.toUpperCase()}_${name}`, value])
  const settings = shared ?? Object.fromEntries(named)
  const server = await startService(service, settings)
  cleanup.defer(async () => void (await server.end('SIGKILL')))
  return { server, settings }
}

beforeAll(async () => {
  broker = cleanup.use(await startBroker())
  const folder = await mkdtemp(join(tmpdir(), 'neotool-revocation-'))
  cleanup.defer(() => rm(folder, { recursive: true, force: true }))
  const first = await start('security', {
    KEYSTORE_FILE: join(folder, 'keystore.json'),
    KEYSTORE_MASTER_KEY_FILE: join(folder, 'master.key'),
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'no-reply@neotool.example',
    WEB_URL: 'http://localhost:3000',
    REFRESH_TOKEN_KEY: key,
    PERSONAL_DATA_KEY: key,
    DATA_KEY: key,
    UNLIMITED_NETWORKS: '127.0.0.0/8',
  })
  security = first.server
  const own = { JWKS_URL: `${security.url}/.well-known/jwks.json` }
  const nobody = 'http://127.0.0.1:9'
  const s3 = { S3_REGION: 'x', S3_BUCKET: 'bucket', S3_ACCESS_KEY_ID: 'x', S3_SECRET_ACCESS_KEY: 'x' }
  const [second, app, app2, assets, assistant] = await Promise.all([
    start('security', {}, first.settings),
    start('app', { ...own, PERSONAL_DATA_KEY: key }),
    start('app', { ...own, PERSONAL_DATA_KEY: key }),
    start('assets', { ...own, ...s3, S3_ENDPOINT: nobody, S3_PUBLIC_ENDPOINT: nobody }),
    start('assistant', { ...own, GATEWAY_URL: `${nobody}/graphql` }),
  ])
  everywhere = [
    ['security', security],
    ['another security', second.server],
    ['app', app.server],
    ['another app', app2.server],
    ['assets', assets.server],
    ['assistant', assistant.server],
  ]
  database = new pg.Client({ connectionString: first.settings.SECURITY_POSTGRES_DIRECT_URL })
  await database.connect()
  cleanup.defer(() => database.end())
  for (const [name, server] of everywhere) {
    // Its other dependencies may be away; what it reads of revocations must be there.
    const isCaughtUp = ({ body }: { body: string }) => JSON.parse(body).checks.revocations?.status === 'ok'
    await eventually(`${name} has caught up`, () => server.health('ready'), isCaughtUp)
  }
  const seeded = JSON.parse(await runOperation('services/security/src/ops/seed-administrator.ts', first.settings))
  administrator = (await signIn(seeded.email, seeded.password)).accessToken
})
afterAll(() => cleanup.disposeAsync())

/** The answer's data; throws the errors otherwise. */
// biome-ignore lint/suspicious/noExplicitAny: each operation has another shape
const ask = async (query: string, variables: Readonly<Record<string, unknown>>, token?: string): Promise<any> => {
  const { data, errors } = await security.graphql(query, variables, token)
  if (data === null || errors.length > 0) throw new Error(`The operation failed: ${JSON.stringify(errors)}`)
  return data
}

/** Runs a mutation of one input. */
const change = (field: string, type: string, selection: string, input: unknown, token?: string) =>
  ask(`mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`, { input }, token)

const signIn = async (email: string, password = PASSWORD): Promise<Tokens> =>
  (await ask(SIGN_IN, { input: { email, password } })).signIn.session

const newPerson = async (): Promise<Person> => {
  const email = `${randomUUID()}@example.org`
  await ask(SIGN_UP, { input: { email, password: PASSWORD, displayName: 'Ann' } })
  const tokens = await signIn(email)
  return { email, userId: String(decodeJwt(tokens.accessToken).sub), tokens }
}

const refreshed = async ({ refreshToken }: Tokens): Promise<Tokens> =>
  (await ask(REFRESH, { token: refreshToken })).refreshAccessToken.session

/** What a server says to a token: undefined where it accepts it. */
const reasonAt = async (server: ServiceProcess, token: string): Promise<string | undefined> =>
  (await server.graphql('{ __typename }', {}, token)).errors[0]?.extensions.reason

/** What ends the first session of a person, who has a second one too. */
const ENDS: Readonly<Record<string, (person: Person, second: Tokens) => Promise<void>>> = {
  'a sign-out': async ({ tokens }) => {
    await ask(SIGN_OUT, { token: tokens.refreshToken })
  },
  'the second use of a refresh token': async ({ tokens }) => {
    await refreshed(tokens)
    // Beyond the time in which parallel uses are well meant.
    await database.query(
      `update refresh_tokens set used_at = used_at - interval '11 seconds'
       where session_id = $1 and used_at is not null`,
      [decodeJwt(tokens.accessToken).sid],
    )
    await expect(refreshed(tokens)).rejects.toThrow('SESSION_ENDED')
  },
  endSession: async ({ tokens }, second) => {
    const id = decodeJwt(tokens.accessToken).sid
    await change('endSession', 'EndSessionInput', 'endedSessionId', { id }, second.accessToken)
  },
  endOtherSessions: async (_person, second) => {
    await ask('mutation { endOtherSessions { ended } }', {}, second.accessToken)
  },
  'another password': async (_person, second) => {
    const input = { currentPassword: PASSWORD, newPassword: 'a wholly different phrase' }
    await change('changePassword', 'ChangePasswordInput', 'changed', input, second.accessToken)
  },
  'a password that was reset': async ({ userId }) => {
    const token = randomBytes(32).toString('base64url')
    await database.query(`insert into password_reset_tokens values ($1, $2, now() + interval '1 hour')`, [
      userId,
      createHash('sha256').update(token).digest(),
    ])
    const input = { token, newPassword: 'a wholly different phrase' }
    await change('resetPassword', 'ResetPasswordInput', 'reset', input)
  },
  'the end of the account': async ({ email }, second) => {
    await change('deleteAccount', 'DeleteAccountInput', 'deletedUserId', { email }, second.accessToken)
  },
  'an administrator who disables the user': async ({ userId }) => {
    await change('disableUser', 'DisableUserInput', 'user { id }', { id: userId }, administrator)
  },
}

/** What takes rights away; it answers the tokens that were good until then. */
const LOSSES: Readonly<Record<string, (person: Person) => Promise<Tokens>>> = {
  'a group': async ({ userId, tokens }) => {
    const input = { groupId: MEMBERS, userId }
    await change('removeGroupFromUser', 'RemoveGroupFromUserInput', 'user { id }', input, administrator)
    return tokens
  },
  'a role of their group': async ({ userId, tokens }) => {
    const name = randomUUID()
    const { createGroup } = await change('createGroup', 'CreateGroupInput', 'group { id }', { name }, administrator)
    const { createRole } = await change('createRole', 'CreateRoleInput', 'role { id }', { name }, administrator)
    const pair = { groupId: createGroup.group.id, roleId: createRole.role.id }
    await change('assignRoleToGroup', 'AssignRoleToGroupInput', 'group { id }', pair, administrator)
    const membership = { groupId: pair.groupId, userId }
    await change('assignGroupToUser', 'AssignGroupToUserInput', 'membership { __typename }', membership, administrator)
    const member = await refreshed(tokens)
    await change('removeRoleFromGroup', 'RemoveRoleFromGroupInput', 'group { id }', pair, administrator)
    return member
  },
}

const expectAcceptance = async (tokens: Tokens): Promise<void> => {
  for (const [name, server] of everywhere)
    expect([name, await reasonAt(server, tokens.accessToken)]).toEqual([name, undefined])
}

const expectRefusal = async (tokens: Tokens, reason: string): Promise<void> => {
  await Promise.all(
    everywhere.map(([name, server]) =>
      eventually(
        `the answer of ${name} to a token that is no longer good`,
        () => reasonAt(server, tokens.accessToken),
        (said) => said === reason,
      ),
    ),
  )
}

describe('each replica of each service refuses a session after', () => {
  it.each(Object.entries(ENDS))('%s', async (_what, end) => {
    const [person, other] = [await newPerson(), await newPerson()]
    const second = await signIn(person.email)
    await expectAcceptance(person.tokens)
    await end(person, second)
    await expectRefusal(person.tokens, 'SESSION_ENDED')
    await expectAcceptance(other.tokens)
  })
})

describe('each replica of each service has a token refreshed after the loss of', () => {
  it.each(Object.entries(LOSSES))('%s', async (_what, lose) => {
    const [person, other] = [await newPerson(), await newPerson()]
    await expectAcceptance(person.tokens)
    const member = await lose(person)
    await expectRefusal(member, 'TOKEN_EXPIRED')
    await expectAcceptance(await refreshed(member))
    await expectAcceptance(other.tokens)
  })
})
