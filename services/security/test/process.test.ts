import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { createTestDatabase, type TestDatabase } from '@neotool/testkit/database'
import { eventually } from '@neotool/testkit/eventually'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

let database: TestDatabase
let folder: string
const started: ChildProcessByStdio<null, Readable, Readable>[] = []
beforeAll(async () => {
  database = await createTestDatabase('security')
  folder = await mkdtemp(join(tmpdir(), 'neotool-security-'))
})
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
  await database[Symbol.asyncDispose]()
})

const start = (entry: string, change: Readonly<Record<string, string>> = {}) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src', entry)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      SECURITY_HTTP_PORT: '0',
      SECURITY_POSTGRES_URL: database.url.reveal(),
      SECURITY_POSTGRES_DIRECT_URL: database.directUrl.reveal(),
      SECURITY_KAFKA_BROKERS: inject('kafkaBroker'),
      SECURITY_TOKEN_ISSUER: 'http://127.0.0.1:4002',
      SECURITY_TOKEN_AUDIENCE: 'neotool',
      SECURITY_KEYSTORE_FILE: join(folder, 'keystore.json'),
      SECURITY_KEYSTORE_MASTER_KEY_FILE: join(folder, 'master.key'),
      SECURITY_SMTP_URL: 'smtp://127.0.0.1:9',
      SECURITY_MAIL_FROM: 'no-reply@neotool.example',
      SECURITY_WEB_URL: 'http://localhost:3000',
      SECURITY_REFRESH_TOKEN_KEY: Buffer.alloc(32, 7).toString('base64'),
      SECURITY_PERSONAL_DATA_KEY: Buffer.alloc(32, 8).toString('base64'),
      ...change,
    },
  })
  started.push(child)
  return child
}

/** Runs an operation to its end. */
const run = async (entry: string, change: Readonly<Record<string, string>> = {}) => {
  const child = start(entry, change)
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { output, errors, code }
}

/** Starts a server and waits until it says where it listens. */
const serve = async () => {
  const child = start('main.ts')
  for await (const line of createInterface(child.stdout)) {
    const address = /Server listening at (http:\/\/[^"]+)/.exec(line)?.[1]
    if (address !== undefined) return { child, address }
  }
  throw new Error('the server ended before it listened')
}

describe('the server', () => {
  it('shares one key with a replica that starts at the same moment, is ready, and ends well on SIGTERM', async () => {
    const servers = await Promise.all([serve(), serve()])
    const keySets = await Promise.all(
      servers.map(async ({ address }) => (await fetch(`${address}/.well-known/jwks.json`)).text()),
    )
    expect(keySets[0]).toBe(keySets[1])
    for (const { child, address } of servers) {
      const ready = async () => (await fetch(`${address}/health/ready`)).json()
      const names = ['database', 'kafka', 'keystore', 'policies', 'revocations']
      const checks = Object.fromEntries(names.map((name) => [name, { status: 'ok' }]))
      await eventually('readiness', ready, (answer) => JSON.stringify(answer).includes('"status":"ok","checks"'))
      expect(await eventually('all well', ready, (answer) => !JSON.stringify(answer).includes('failed'))).toEqual({
        status: 'ok',
        checks,
      })
      child.kill('SIGTERM')
      expect(await once(child, 'exit')).toEqual([0, null])
    }
  }, 60_000)

  it('does not start with wrong settings, and names them all', async () => {
    const { code, errors } = await run('main.ts', { SECURITY_HTTP_PORT: 'x', SECURITY_REFRESH_TOKEN_KEY: 'short' })
    expect(code).toBe(1)
    expect(errors).toMatch(/SECURITY_HTTP_PORT: [\s\S]*SECURITY_REFRESH_TOKEN_KEY: must be 32 bytes/)
  })
})

describe('ops/migrate.ts', () => {
  it('changes nothing in a database that is up to date', async () => {
    expect(await run('ops/migrate.ts')).toMatchObject({ code: 0, output: 'security: nothing to migrate\n' })
  })
})

describe('ops/purge.ts', () => {
  it('prints how many rows it deleted', async () => {
    const old = `insert into outbox (id, topic, key, value, published_at)
      values (uuidv7(), 'neotool.security.revocations', 'a', '{}', now() - interval '8 days')`
    const client = new pg.Client({ connectionString: database.directUrl.reveal() })
    await client.connect()
    await client.query(old)
    await client.end()
    expect(await run('ops/purge.ts')).toMatchObject({
      code: 0,
      errors: '',
      output: '{"outbox":1,"inbox":0,"sessions":0,"linkTokens":0,"attempts":0}\n',
    })
    expect(await run('ops/purge.ts')).toMatchObject({
      code: 0,
      errors: '',
      output: '{"outbox":0,"inbox":0,"sessions":0,"linkTokens":0,"attempts":0}\n',
    })
  })
})

describe('ops/seed-administrator.ts', () => {
  it('prints one line: the password the first time, then null', async () => {
    const first = await run('ops/seed-administrator.ts')
    expect(first).toMatchObject({ code: 0, errors: '' })
    const { userId, email, password } = JSON.parse(first.output)
    expect(first.output.trim().split('\n')).toHaveLength(1)
    expect(email).toBe('admin@neotool.example')
    expect(password).toMatch(/^[\w-]{20,}$/)
    const second = await run('ops/seed-administrator.ts')
    expect(JSON.parse(second.output)).toEqual({ userId, email, password: null })
    const again = await run('ops/seed-administrator.ts', { ADMINISTRATOR_PASSWORD: password })
    expect(JSON.parse(again.output)).toEqual({ userId, email, password })
    const other = await run('ops/seed-administrator.ts', { ADMINISTRATOR_PASSWORD: `${password}x` })
    expect(JSON.parse(other.output)).toEqual({ userId, email, password: null })
  })
})
