/*
 * A real process of security, with more people and clients than its limits by account allow to be measured with less. Its
 * processor time is that of the whole process: HTTP, the relay of the audit events and their consumer too, PostgreSQL not.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseServers } from '@neotool/platform/test-servers'
import { runOperation, startService } from '@neotool/testkit/service-process'
import pg from 'pg'
import { measureThroughput } from './throughput.ts'

const CLIENTS = 8
// 240 refreshes and 120 tokens a minute are allowed to each.
const PEOPLE = 24
const PRINCIPALS = 80
const SIGN_OUTS = 100
const LOST_MS = 30_000

const SIGN_UP = 'mutation ($input: SignUpInput!) { signUp(input: $input) { email } }'
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken refreshToken } } }'
const REFRESH = `mutation ($input: RefreshAccessTokenInput!) {
  refreshAccessToken(input: $input) { session { accessToken refreshToken } }
}`
const SIGN_OUT = 'mutation ($input: SignOutInput!) { signOut(input: $input) { signedOut } }'
const CREATE_PRINCIPAL = `mutation ($input: CreateServicePrincipalInput!) {
  createServicePrincipal(input: $input) { servicePrincipal { id } clientSecret }
}`

type Sent = { readonly session: { readonly accessToken: string; readonly refreshToken: string } }
type Made = { readonly servicePrincipal: { readonly id: string }; readonly clientSecret: string }

/**
 * Starts security over the servers and measures it. `passwordHash` is what it stores, with its parameters; `ends` are the
 * milliseconds from each sign-out until another replica refuses the access token, `requests` those of one request to it.
 */
export const measureSecurity = async (
  { pooledUrl, directUrl }: DatabaseServers,
  bootstrapServers: string,
  password: string,
) => {
  await using cleanup = new AsyncDisposableStack()
  const query = async (database: string, text: string) => {
    const client = new pg.Client({ connectionString: `${directUrl}/${database}` })
    await client.connect()
    return client.query(text).finally(() => client.end())
  }
  await query('postgres', 'create database neotool_security')
  const folder = await mkdtemp(join(tmpdir(), 'neotool-bench-'))
  cleanup.defer(() => rm(folder, { recursive: true, force: true }))
  const key = Buffer.alloc(32, 7).toString('base64')
  const settings = {
    SECURITY_HTTP_PORT: '0',
    SECURITY_POSTGRES_URL: `${pooledUrl}/neotool_security`,
    SECURITY_POSTGRES_DIRECT_URL: `${directUrl}/neotool_security`,
    SECURITY_KAFKA_BROKERS: bootstrapServers,
    SECURITY_TOKEN_ISSUER: 'https://security.bench',
    SECURITY_TOKEN_AUDIENCE: 'neotool-bench',
    SECURITY_KEYSTORE_FILE: join(folder, 'keystore.json'),
    SECURITY_KEYSTORE_MASTER_KEY_FILE: join(folder, 'master.key'),
    SECURITY_REFRESH_TOKEN_KEY: key,
    SECURITY_PERSONAL_DATA_KEY: key,
    SECURITY_DATA_KEY: key,
    SECURITY_SMTP_URL: 'smtp://127.0.0.1:9',
    SECURITY_MAIL_FROM: 'no-reply@neotool.example',
    SECURITY_WEB_URL: 'http://localhost:3000',
    SECURITY_UNLIMITED_NETWORKS: '127.0.0.0/8',
  }
  await runOperation('packages/kit/src/ops/create-topics.ts', { KAFKA_BOOTSTRAP_SERVERS: bootstrapServers })
  await runOperation('services/security/src/ops/migrate.ts', settings)
  const seed = { ...settings, ADMINISTRATOR_PASSWORD: password }
  const administrator = JSON.parse(await runOperation('services/security/src/ops/seed-administrator.ts', seed))
  const security = await startService('security', settings)
  cleanup.defer(async () => void (await security.end('SIGTERM')))

  const mutate = async <Result>(text: string, input: Readonly<Record<string, unknown>>, token?: string) => {
    const { data, errors } = await security.graphql<Record<string, Result>>(text, { input }, token)
    const [result] = Object.values(data ?? {})
    if (result === undefined || errors.length > 0) throw new Error(JSON.stringify(errors))
    return result
  }
  const signIn = async (email: string) => (await mutate<Sent>(SIGN_IN, { email, password })).session
  const cpuSeconds = async () => {
    const metrics = await (await fetch(`${security.url}/metrics`)).text()
    return Number(/^process_cpu_seconds_total\S* (\S+)$/m.exec(metrics)?.[1])
  }
  /** Takes them in turn and puts back what becomes of each; nobody is taken by two clients at once. */
  const measure = <Item>(items: Item[], use: (item: Item) => Promise<Item>) => {
    const useNext = async () => {
      const item = items.shift()
      if (item === undefined) throw new Error('there are more clients than items')
      items.push(await use(item))
    }
    return measureThroughput(CLIENTS, useNext, cpuSeconds)
  }

  const measureSignOuts = async () => {
    const replica = await startService('security', settings)
    cleanup.defer(async () => void (await replica.end('SIGTERM')))
    const [ends, requests]: [number[], number[]] = [[], []]
    for (let number = 0; number < SIGN_OUTS; number += 1) {
      const { accessToken, refreshToken } = await signIn(`${number % PEOPLE}@example.org`)
      const isRefused = async () => (await replica.graphql('{ __typename }', {}, accessToken)).errors.length > 0
      const asked = performance.now()
      if (await isRefused()) throw new Error('The token is refused before the session has ended.')
      requests.push(performance.now() - asked)
      await mutate(SIGN_OUT, { refreshToken })
      const ended = performance.now()
      while (!(await isRefused())) {
        if (performance.now() - ended > LOST_MS) throw new Error(`A session that ended ${LOST_MS} ms ago is accepted.`)
      }
      ends.push(performance.now() - ended)
    }
    return { ends, requests }
  }

  const people = Array.from({ length: PEOPLE }, (_, number) => ({ email: `${number}@example.org`, refreshToken: '' }))
  for (const { email } of people) await mutate(SIGN_UP, { email, password, displayName: 'Ann' })
  const signIns = await measure(people, async ({ email }) => ({ email, ...(await signIn(email)) }))
  const refreshes = await measure(people, async ({ email, refreshToken }) => ({
    email,
    ...(await mutate<Sent>(REFRESH, { refreshToken })).session,
  }))

  const { accessToken } = await signIn(administrator.email)
  const principals: string[] = []
  for (let number = 0; number < PRINCIPALS; number += 1) {
    const input = { name: `Importer ${number}`, permissions: ['app:product:view', 'app:product:save'] }
    const { servicePrincipal, clientSecret } = await mutate<Made>(CREATE_PRINCIPAL, input, accessToken)
    principals.push(`Basic ${Buffer.from(`${servicePrincipal.id}:${clientSecret}`).toString('base64')}`)
  }
  const clientTokens = await measure(principals, async (authorization) => {
    const body = new URLSearchParams({ grant_type: 'client_credentials' })
    const response = await fetch(`${security.url}/oauth/token`, { method: 'POST', headers: { authorization }, body })
    const answer = await response.text()
    if (!response.ok) throw new Error(answer)
    return authorization
  })
  const { ends, requests } = await measureSignOuts()
  const { rows } = await query('neotool_security', 'select password_hash from users limit 1')
  const passwordHash: string = rows[0].password_hash
  return { signIns, refreshes, clientTokens, ends, requests, passwordHash }
}
