import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { probeKafka } from './kafka-probe.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

const listen = (answer: (socket: Socket) => void): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer((socket) => socket.once('data', () => answer(socket)))
    servers.push(server)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })

/** A metadata answer in which so many brokers are announced; what follows the number is not looked at. */
const metadata = (brokers: number): Buffer => {
  const answer = Buffer.alloc(12)
  answer.writeInt32BE(8, 0)
  answer.writeInt32BE(1, 4)
  answer.writeInt32BE(brokers, 8)
  return answer
}

test('a broker of the cluster is ready, even when its answer comes in pieces', async () => {
  const port = await listen((socket) => {
    socket.setNoDelay(true)
    socket.write(metadata(1).subarray(0, 3), () => socket.write(metadata(1).subarray(3)))
  })
  await expect(probeKafka(port)).resolves.toBeUndefined()
})

test('an answer without brokers is not ready', async () => {
  const port = await listen((socket) => socket.write(metadata(0)))
  await expect(probeKafka(port)).rejects.toThrow('has not joined the cluster')
})

test('an open port alone is not ready', async () => {
  const closing = await listen((socket) => socket.end())
  await expect(probeKafka(closing)).rejects.toThrow('closed the connection')
  const web = await listen((socket) => socket.end('\0\0\0\x08HTTP/1.1 400 Bad Request'))
  await expect(probeKafka(web)).rejects.toThrow(`does not speak Kafka's protocol`)
})
