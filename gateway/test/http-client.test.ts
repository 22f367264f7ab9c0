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

const freePort = async (): Promise<number> => {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

it('sends a request again for which there was no connection, and then once', async () => {
  let requests = 0
  const server = createServer((_request, response) => {
    requests += 1
    response.end('{"here":true}')
  })
  const port = await freePort()
  const http = createHttpClient({ againAfterMs: Array(1_000).fill(10) })
  onTestFinished(() => {
    http.close()
    server.close()
  })
  const answer = http.postJson(`http://127.0.0.1:${port}`, {}, {}, 60_000)
  await once(server.listen(port, '127.0.0.1'), 'listening')
  expect(await answer).toEqual({ here: true })
  expect(requests).toBe(1)
})

it('gives up soon where nobody is there', async () => {
  const http = createHttpClient({ againAfterMs: [1, 1] })
  onTestFinished(() => http.close())
  const port = await freePort()
  await expect(http.postJson(`http://127.0.0.1:${port}`, {}, {}, 60_000)).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  })
})

it('does not send again what somebody may have seen', async () => {
  let requests = 0
  const server = createServer((request) => {
    requests += 1
    request.socket.destroy()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const http = createHttpClient({ againAfterMs: [1, 1] })
  onTestFinished(() => {
    http.close()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await expect(http.postJson(url, {}, {}, 60_000)).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect(requests).toBe(1)
})
