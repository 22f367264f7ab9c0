import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createHttpClient } from '../src/http-client.ts'

it('uses a connection again, and closes it when it was idle for a while', async () => {
  const sockets = new Set<object>()
  let made = 0
  const server = createServer((_request, response) => response.end('{}'))
  server.on('connection', (socket) => {
    made += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const http = createHttpClient({ idleMs: 2_000 })
  onTestFinished(() => {
    http.close()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const ask = () => http.postJson(url, {}, {}, 5_000)
  await ask()
  await ask()
  expect(made).toBe(1)
  await vi.waitUntil(() => sockets.size === 0, { timeout: 60_000 })
  await ask()
  expect(made).toBe(2)
})

it('lets a slow answer take longer than a connection may be idle', async () => {
  const server = createServer((_request, response) => void setTimeout(() => response.end('{"late":true}'), 400))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const http = createHttpClient({ idleMs: 100 })
  onTestFinished(() => {
    http.close()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  expect(await http.postJson(url, {}, {}, 5_000)).toEqual({ late: true })
})
