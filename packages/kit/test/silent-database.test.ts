import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { Secret } from '@neotool/kit/config'
import { openDatabase } from '@neotool/kit/postgres'
import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import { createTestDatabase } from '@neotool/testkit/database'
import { sql } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'

/** Leads to a server; `fallSilent` leaves the connections that there are without an answer, as the death of a node does. */
const proxyTo = async (host: string, port: number) => {
  const sockets: Socket[] = []
  const server = createServer((near) => {
    const far = connect(port, host)
    near.pipe(far).pipe(near)
    for (const socket of [near, far]) sockets.push(socket.on('error', () => socket.destroy()))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const fallSilent = () => {
    for (const socket of sockets) socket.unpipe().pause()
  }
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, fallSilent }
}

it('a connection whose other end has vanished is given up, and the next query has a new one', async () => {
  await using test = await createTestDatabase('app')
  const url = new URL(test.url.reveal())
  const proxy = await proxyTo(url.hostname, Number(url.port))
  url.host = proxy.host
  const log = createLogger({ service: 'app', level: 'silent' })
  await using database = openDatabase({
    url: new Secret(url.href),
    service: 'app',
    log,
    metrics: createMetrics('app'),
    silentMs: 8_000,
  })
  const ask = () => sql`select 1 as one`.execute(database)
  await ask()
  proxy.fallSilent()
  await expect(ask()).rejects.toThrow('the database said nothing for 8 s')
  expect((await ask()).rows).toEqual([{ one: 1 }])
})
