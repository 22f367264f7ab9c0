import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { createTestBucket, type TestBucket } from '@neotool/testkit/bucket'
import { createTestDatabase, type TestDatabase } from '@neotool/testkit/database'
import { eventually } from '@neotool/testkit/eventually'
import { createTestIssuer, serveKeySet, TEST_AUDIENCE, TEST_ISSUER } from '@neotool/testkit/issuer'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

let database: TestDatabase
let bucket: TestBucket
let keySet: { readonly url: string }
const stack = new AsyncDisposableStack()
beforeAll(async () => {
  database = stack.use(await createTestDatabase('assets'))
  bucket = await createTestBucket()
  keySet = stack.use(await serveKeySet(await createTestIssuer()))
})
afterAll(() => stack.disposeAsync())

const start = (entry: string, change: Readonly<Record<string, string | undefined>> = {}) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src', entry)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ASSETS_HTTP_PORT: '0',
      ASSETS_POSTGRES_URL: database.url.reveal(),
      ASSETS_POSTGRES_DIRECT_URL: database.directUrl.reveal(),
      ASSETS_KAFKA_BROKERS: inject('kafkaBroker'),
      ASSETS_TOKEN_ISSUER: TEST_ISSUER,
      ASSETS_TOKEN_AUDIENCE: TEST_AUDIENCE,
      ASSETS_JWKS_URL: keySet.url,
      ASSETS_S3_ENDPOINT: bucket.endpoint,
      ASSETS_S3_PUBLIC_ENDPOINT: bucket.endpoint,
      ASSETS_S3_REGION: bucket.region,
      ASSETS_S3_BUCKET: bucket.bucket,
      ASSETS_S3_ACCESS_KEY_ID: bucket.accessKeyId,
      ASSETS_S3_SECRET_ACCESS_KEY: bucket.secretAccessKey.reveal(),
      ...change,
    },
  })
  stack.defer(() => void child.kill('SIGKILL'))
  return child
}

/** Runs an operation to its end. */
const run = async (entry: string, change: Readonly<Record<string, string>> = {}) => {
  const child = start(entry, change)
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { output, errors, code }
}

/** Starts a server and waits until it says where it listens. */
const serve = async (change: Readonly<Record<string, string>> = {}) => {
  const child = start('main.ts', change)
  for await (const line of createInterface(child.stdout)) {
    const address = /Server listening at (http:\/\/[^"]+)/.exec(line)?.[1]
    if (address !== undefined) return { child, address }
  }
  throw new Error('the server ended before it listened')
}

type Readiness = { status: string; checks: Readonly<Record<string, { status: string }>> }

/** Waits until it says that it is ready, and well in these parts. */
const untilReady = (address: string, parts: readonly string[]) =>
  eventually(
    'readiness',
    async () => (await (await fetch(`${address}/health/ready`)).json()) as Readiness,
    ({ status, checks }) => status === 'ok' && parts.every((part) => checks[part]?.status === 'ok'),
  )

describe('the server', () => {
  it('is ready with all that it needs, and ends well on SIGTERM', async () => {
    const { child, address } = await serve()
    const names = ['database', 'kafka', 'keys', 'policies', 'revocations', 'storage']
    const { checks } = await untilReady(address, names)
    expect(checks).toEqual(Object.fromEntries(names.map((name) => [name, { status: 'ok' }])))
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('is ready without the storage, and says so', async () => {
    const { child, address } = await serve({ ASSETS_S3_ENDPOINT: 'http://127.0.0.1:9' })
    const { checks } = await untilReady(address, ['kafka', 'database'])
    expect(checks).toMatchObject({ database: { status: 'ok' }, storage: { status: 'failed' } })
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('is not ready without the keys that tokens are checked by', async () => {
    const { child, address } = await serve({ ASSETS_JWKS_URL: 'http://127.0.0.1:9/' })
    const others = { database: 'ok', policies: 'ok', revocations: 'ok' }
    const { status, body } = await eventually(
      'all but the keys',
      async () => {
        const answer = await fetch(`${address}/health/ready`)
        return { status: answer.status, body: (await answer.json()) as Readiness }
      },
      ({ body }) => Object.keys(others).every((name) => body.checks[name]?.status === 'ok'),
    )
    expect({ status, keys: body.checks.keys }).toMatchObject({ status: 503, keys: { status: 'failed' } })
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('does not start with wrong settings, and names them all', async () => {
    const { code, errors } = await run('main.ts', {
      ASSETS_S3_ENDPOINT: 'http://127.0.0.1:9000/bucket',
      ASSETS_S3_BUCKET: 'Neo',
      ASSETS_S3_ACESS_KEY: 'x',
    })
    expect(code).toBe(1)
    for (const fault of [/S3_ENDPOINT: must have no path/, /S3_BUCKET: must be/, /S3_ACESS_KEY: there is no such/])
      expect(errors).toMatch(fault)
    expect(errors).not.toContain(bucket.secretAccessKey.reveal())
  })
})

describe('ops/migrate.ts', () => {
  it('changes nothing in a database that is up to date', async () => {
    expect(await run('ops/migrate.ts')).toMatchObject({ code: 0, output: 'assets: nothing to migrate\n' })
  })
})

describe('ops/create-buckets.ts', () => {
  it('makes the bucket, once, and two at a time do no harm', async () => {
    const fresh = { ASSETS_S3_BUCKET: `${bucket.bucket}-new` }
    const runs = await Promise.all([run('ops/create-buckets.ts', fresh), run('ops/create-buckets.ts', fresh)])
    expect(runs.map(({ code, errors }) => [code, errors])).toEqual([
      [0, ''],
      [0, ''],
    ])
    expect(await run('ops/create-buckets.ts', fresh)).toMatchObject({
      code: 0,
      output: expect.stringContaining('is there'),
    })
  })

  it('needs the settings of the storage alone, and waits for it', async () => {
    const own: Record<string, string | undefined> = { ASSETS_S3_BUCKET: `${bucket.bucket}-alone` }
    for (const name of [
      'HTTP_PORT',
      'POSTGRES_URL',
      'POSTGRES_DIRECT_URL',
      'KAFKA_BROKERS',
      'TOKEN_ISSUER',
      'JWKS_URL',
    ])
      own[`ASSETS_${name}`] = undefined
    const storage = new URL(bucket.endpoint)
    const late = createServer((near) => {
      const far = connect(Number(storage.port), storage.hostname)
      for (const socket of [near, far]) socket.on('error', () => socket.destroy())
      near.pipe(far).pipe(near)
    })
    const listen = (port: number) => once(late.listen(port, '127.0.0.1'), 'listening')
    await listen(0)
    const { port } = late.address() as AddressInfo
    late.close()
    const child = start('ops/create-buckets.ts', { ...own, ASSETS_S3_ENDPOINT: `http://127.0.0.1:${port}` })
    const [said, output] = [once(createInterface(child.stderr), 'line'), text(child.stdout)]
    expect((await said)[0]).toContain('waiting: The storage of files does not answer')
    await listen(port)
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(await output).toContain('made the bucket')
    late.close()
  })
})

describe('ops/purge.ts', () => {
  it('prints how many rows it deleted', async () => {
    expect(await run('ops/purge.ts')).toMatchObject({ code: 0, errors: '', output: '{"outbox":0,"inbox":0}\n' })
  })
})
