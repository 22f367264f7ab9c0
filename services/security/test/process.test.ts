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
import { type KafkaServer, startBroker } from '@neotool/testkit/kafka'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let database: TestDatabase
let broker: KafkaServer
let folder: string
const started: ChildProcessByStdio<null, Readable, Readable>[] = []
beforeAll(async () => {
  ;[database, broker] = await Promise.all([createTestDatabase('security'), startBroker()])
  folder = await mkdtemp(join(tmpdir(), 'neotool-security-'))
})
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
  await database[Symbol.asyncDispose]()
  await broker.stop()
})

type Change = Readonly<Record<string, string>>

const start = (entry: string, change: Change = {}, args: readonly string[] = [], limit = 'ulimit -c 0') => {
  const file = join(import.meta.dirname, '../src', entry)
  const child = spawn('sh', ['-c', `${limit}; exec "$0" "$@"`, process.execPath, file, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      SECURITY_HTTP_PORT: '0',
      SECURITY_POSTGRES_URL: database.url.reveal(),
      SECURITY_POSTGRES_DIRECT_URL: database.directUrl.reveal(),
      SECURITY_KAFKA_BROKERS: broker.bootstrapServers,
      SECURITY_TOKEN_ISSUER: 'http://127.0.0.1:4002',
      SECURITY_TOKEN_AUDIENCE: 'neotool',
      SECURITY_KEYSTORE_FILE: join(folder, 'keystore.json'),
      SECURITY_KEYSTORE_MASTER_KEY_FILE: join(folder, 'master.key'),
      SECURITY_SMTP_URL: 'smtp://127.0.0.1:9',
      SECURITY_MAIL_FROM: 'no-reply@neotool.example',
      SECURITY_WEB_URL: 'http://localhost:3000',
      SECURITY_REFRESH_TOKEN_KEY: Buffer.alloc(32, 7).toString('base64'),
      SECURITY_PERSONAL_DATA_KEY: Buffer.alloc(32, 8).toString('base64'),
      SECURITY_DATA_KEY: Buffer.alloc(32, 8).toString('base64'),
      ...change,
    },
  })
  started.push(child)
  return child
}

/** Runs an operation to its end. */
const run = async (entry: string, change: Change = {}, args: readonly string[] = []) => {
  const child = start(entry, change, args)
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { output, errors, code }
}

/** Starts a server and waits until it says where it listens. */
const serve = async (change: Change = {}, limit?: string) => {
  const child = start('main.ts', change, [], limit)
  const seen: string[] = []
  for await (const line of createInterface(child.stdout)) {
    seen.push(line)
    const address = /Server listening at (http:\/\/[^"]+)/.exec(line)?.[1]
    if (address !== undefined) return { child, address, seen }
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
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      expect(await exit).toEqual([0, null])
    }
  })

  it('does not start with wrong settings, and names them all', async () => {
    const { code, errors } = await run('main.ts', { SECURITY_HTTP_PORT: 'x', SECURITY_REFRESH_TOKEN_KEY: 'short' })
    expect(code).toBe(1)
    expect(errors).toMatch(/SECURITY_HTTP_PORT: [\s\S]*SECURITY_REFRESH_TOKEN_KEY: must be 32 bytes/)
  })
})

describe('ops/keys.ts', () => {
  it('lists, rotates and retires; a server that runs follows, and no key is ever printed', async () => {
    const { child, address } = await serve({ SECURITY_LOG_LEVEL: 'trace' })
    const logged: string[] = []
    child.stdout.on('data', (chunk: Buffer) => logged.push(chunk.toString()))
    const published = async (): Promise<readonly string[]> => {
      const { keys } = await (await fetch(`${address}/.well-known/jwks.json`)).json()
      return keys.map(({ kid }: { kid: string }) => kid)
    }
    type Key = { readonly kid: string; readonly state: string }
    const keys = async (...args: readonly string[]) => {
      const { code, errors, output } = await run('ops/keys.ts', {}, args)
      expect({ code, errors }).toEqual({ code: 0, errors: '' })
      logged.push(output)
      return JSON.parse(output) as readonly Key[]
    }
    const [next, current] = await keys('list')
    expect([next?.state, current?.state]).toEqual(['next', 'current'])
    expect(await published()).toEqual([current?.kid, next?.kid])
    // It waits until the next key may sign.
    const rotated = await keys('rotate')
    expect(rotated.map(({ state }) => state)).toEqual(['next', 'current', 'previous'])
    expect(rotated[1]?.kid).toBe(next?.kid)
    await eventually('the server', published, (kids) => kids.length === 3)

    const { code, errors } = await run('ops/keys.ts', {}, ['retire', current?.kid ?? ''])
    expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining('may still be valid. Try again in') })
    await keys('retire', current?.kid ?? '', '--compromised')
    await eventually('the server', published, (kids) => kids.length === 2)
    expect(await run('ops/keys.ts', {}, ['turn'])).toMatchObject({ code: 1, errors: expect.stringContaining('Usage:') })

    expect(logged.join('')).toContain('the keys have changed')
    expect(logged.join('')).not.toMatch(/PRIVATE KEY|"d":/)
    child.kill('SIGTERM')
    await once(child, 'exit')
  })
})

describe('the memory of the server', () => {
  it.each([
    ['ulimit -c 0', false],
    ['ulimit -c 1', true],
  ])('is not to be written to a file after a crash: %s', async (limit, isWarned) => {
    const { child, seen } = await serve({}, limit)
    expect(seen.some((line) => line.includes('core dump'))).toBe(isWarned)
    child.kill('SIGKILL')
  })
})

describe('the audit log', () => {
  it('has what happened a moment later, whichever server it happened at', async () => {
    const servers = [await serve(), await serve()]
    const client = new pg.Client({ connectionString: database.directUrl.reveal() })
    await client.connect()
    const wrong = (address: string) =>
      fetch(`${address}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query: 'mutation { signIn(input: { email: "nobody@example.org", password: "wrong" }) { user { id } } }',
        }),
      })
    await Promise.all(servers.map(({ address }) => wrong(address)))
    const kept = async () => {
      const { rows } = await client.query(
        `select reason from audit_log join outbox on outbox.id = audit_log.event_id
         where action = 'security:session:start' order by sequence`,
      )
      return rows
    }
    const rows = await eventually('both rows', kept, (found) => found.length >= 2)
    expect(rows).toEqual([{ reason: 'CREDENTIALS_WRONG' }, { reason: 'CREDENTIALS_WRONG' }])
    await client.end()
    for (const { child } of servers) {
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      expect(await exit).toEqual([0, null])
    }
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
      output: '{"outbox":1,"inbox":0,"sessions":0,"linkTokens":0,"challenges":0,"attempts":0}\n',
    })
    expect(await run('ops/purge.ts')).toMatchObject({
      code: 0,
      errors: '',
      output: '{"outbox":0,"inbox":0,"sessions":0,"linkTokens":0,"challenges":0,"attempts":0}\n',
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
