import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { composeSupergraph, startPeople, startShop } from './subgraphs.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neotool-gateway-'))
  await writeFile(join(folder, 'supergraph.graphql'), composeSupergraph())
})
afterAll(() => rm(folder, { recursive: true }))

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const run = (env: Record<string, string>) => {
  const main = join(import.meta.dirname, '../src/main.ts')
  const child = spawn(process.execPath, [main], {
    env: { GATEWAY_LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return Object.assign(child, {
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit')
    },
  })
}

/** Asks for the status until it is the wanted one, at most a minute long; undefined is a refused connection. */
const untilStatus = async (url: string, wanted: number | undefined): Promise<void> => {
  const deadline = Date.now() + 60_000
  let status: number | undefined
  do {
    // A connection of its own each time, as a probe has.
    const headers = { connection: 'close' }
    status = (await fetch(url, { headers }).catch(() => undefined))?.status
    if (status === wanted) return
  } while (Date.now() < deadline)
  throw new Error(`${url} did not come to ${wanted} within a minute (last: ${status})`)
}

test('on SIGTERM what is under way is answered, then the process ends with 0', async () => {
  const asked = Promise.withResolvers<void>()
  const held = Promise.withResolvers<{ id: string; name: string }>()
  const product = () => {
    asked.resolve()
    return held.promise
  }
  await using shop = await startShop({ product })
  await using people = await startPeople()
  const port = await freePort()
  await using gateway = run({
    GATEWAY_HTTP_PORT: String(port),
    GATEWAY_SUPERGRAPH_FILE: join(folder, 'supergraph.graphql'),
    GATEWAY_APP_URL: shop.url,
    GATEWAY_SECURITY_URL: people.url,
  })
  await untilStatus(`http://127.0.0.1:${port}/health/ready`, 200)

  const answer = fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ product(id: "p1") { name } }' }),
  })
  await asked.promise
  const exit = once(gateway, 'exit')
  gateway.kill('SIGTERM')
  await untilStatus(`http://127.0.0.1:${port}/health/ready`, undefined)
  held.resolve({ id: 'p1', name: 'Lamp' })

  expect(await (await answer).json()).toEqual({ data: { product: { name: 'Lamp' } } })
  expect(await exit).toEqual([0, null])
})

test('told to stop, it is unready and still answers for as long as it was set to', async () => {
  await using shop = await startShop({ product: async () => ({ id: 'p1', name: 'Lamp' }) })
  await using people = await startPeople()
  const port = await freePort()
  await using gateway = run({
    GATEWAY_HTTP_PORT: String(port),
    GATEWAY_SUPERGRAPH_FILE: join(folder, 'supergraph.graphql'),
    GATEWAY_APP_URL: shop.url,
    GATEWAY_SECURITY_URL: people.url,
    GATEWAY_DRAIN_SECONDS: '6',
  })
  await untilStatus(`http://127.0.0.1:${port}/health/ready`, 200)
  const exit = once(gateway, 'exit')
  gateway.kill('SIGTERM')
  await untilStatus(`http://127.0.0.1:${port}/health/ready`, 503)

  const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ product(id: "p1") { name } }' }),
  })
  expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close'])
  expect(await answer.json()).toEqual({ data: { product: { name: 'Lamp' } } })
  expect(await exit).toEqual([0, null])
})

test('wrong settings are all named, and nothing is started', async () => {
  await using gateway = run({
    GATEWAY_HTTP_PORT: '99999',
    GATEWAY_APP_URL: 'nowhere',
    GATEWAY_CORS_ORIGINS: 'http://localhost:3000/,*',
    GATEWAY_SECURTY_URL: 'http://127.0.0.1:4002/graphql',
  })
  const [message, [code]] = await Promise.all([text(gateway.stderr), once(gateway, 'exit')])
  expect(code).toBe(1)
  for (const name of ['HTTP_PORT', 'APP_URL', 'CORS_ORIGINS', 'SECURTY_URL', 'SUPERGRAPH_FILE']) {
    expect(message).toContain(`GATEWAY_${name}: `)
  }
})

test('a supergraph that is not there is named with the way to make it', async () => {
  await using gateway = run({ GATEWAY_HTTP_PORT: '0', GATEWAY_SUPERGRAPH_FILE: join(folder, 'other.graphql') })
  const [message, [code]] = await Promise.all([text(gateway.stderr), once(gateway, 'exit')])
  expect(code).toBe(1)
  expect(message).toContain(`${join(folder, 'other.graphql')} cannot be read; \`npm run generate\` makes it`)
})
