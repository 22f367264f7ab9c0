import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { choosePorts, isPortFree, listenerOn } from './ports.ts'

const wanted = [
  { name: 'web', rule: { fixed: 3000 } },
  { name: 'postgres', rule: { from: 15_432 } },
]
const everyPortIsFree = async () => true
const choice = { previous: {}, isDefault: true, reserved: new Set<number>(), spread: 7, isFree: everyPortIsFree }

test('the default environment has the well-known ports', async () => {
  expect(await choosePorts(wanted, choice)).toEqual({ web: 3000, postgres: 15_432 })
})

test('another environment has none of them', async () => {
  expect(await choosePorts(wanted, { ...choice, isDefault: false })).toEqual({ web: 20_007, postgres: 20_008 })
})

test('ports that are taken or belong to another environment are left out', async () => {
  const isFree = async (port: number) => port !== 20_007
  const reserved = new Set([20_008])
  expect(await choosePorts(wanted, { ...choice, isDefault: false, reserved, isFree })).toEqual({
    web: 20_009,
    postgres: 20_010,
  })
})

test('what was chosen before stays', async () => {
  const previous = { postgres: 15_440 }
  expect(await choosePorts(wanted, { ...choice, previous })).toEqual({ web: 3000, postgres: 15_440 })
})

test('a listener is noticed and named', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  expect(await isPortFree(port)).toBe(false)
  expect(listenerOn(port)).toContain(`pid ${process.pid} `)
  await new Promise((resolve) => server.close(resolve))
  expect(await isPortFree(port)).toBe(true)
})
