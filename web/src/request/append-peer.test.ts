import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { appendPeers } from './append-peer.ts'
import { clientHeaders } from './client-headers.ts'

appendPeers()

const seenOf = async (headers: Record<string, string>) => {
  const server = createServer((request, response) => {
    response.end(JSON.stringify(clientHeaders(new Headers(request.headers as Record<string, string>))))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  try {
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { headers })
    return await response.json()
  } finally {
    server.close()
  }
}

test('the address of the connection is the last one, whatever the browser claims', async () => {
  expect(await seenOf({ 'user-agent': 'Firefox' })).toEqual({ 'x-forwarded-for': '127.0.0.1', 'user-agent': 'Firefox' })
  expect(await seenOf({ 'x-forwarded-for': '203.0.113.7', 'user-agent': 'x' })).toEqual({
    'x-forwarded-for': '203.0.113.7, 127.0.0.1',
    'user-agent': 'x',
  })
})

test('nothing else of the browser is passed on', async () => {
  expect(
    Object.keys(await seenOf({ cookie: 'a=b', authorization: 'Bearer x', 'x-real-ip': '1.2.3.4' })).sort(),
  ).toEqual(['user-agent', 'x-forwarded-for'])
})
