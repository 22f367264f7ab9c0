import { connect } from 'node:net'

const metadataApi = 3
const version = 1
const correlationId = 1

/** A request for metadata of no topic; in version 1 that answers with the brokers and the controller alone. */
const metadataRequest = (): Buffer => {
  const clientId = 'neotool'
  const body = Buffer.alloc(14 + clientId.length)
  body.writeInt16BE(metadataApi, 0)
  body.writeInt16BE(version, 2)
  body.writeInt32BE(correlationId, 4)
  body.writeInt16BE(clientId.length, 8)
  body.write(clientId, 10, 'latin1')
  body.writeInt32BE(0, 10 + clientId.length)
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length)
  return Buffer.concat([length, body])
}

const roundTrip = (port: number, request: Buffer, withinMs: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: withinMs })
    let received = Buffer.alloc(0)
    const fail = (error: Error) => {
      socket.destroy()
      reject(error)
    }
    socket.once('connect', () => socket.write(request))
    socket.once('error', fail)
    socket.once('timeout', () => fail(new Error(`127.0.0.1:${port} did not answer within ${withinMs / 1000} s`)))
    socket.once('close', () => reject(new Error(`127.0.0.1:${port} closed the connection`)))
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      if (received.length < 4 || received.length < 4 + received.readInt32BE(0)) return
      socket.destroy()
      resolve(received)
    })
  })

/**
 * Resolves when the broker serves requests and is in the cluster's list of live brokers. Speaks these few bytes itself:
 * loading a whole client would make every `neotool status` half a second slower.
 */
export const probeKafka = async (port: number): Promise<void> => {
  const answer = await roundTrip(port, metadataRequest(), 3_000)
  if (answer.length < 12 || answer.readInt32BE(4) !== correlationId) {
    throw new Error(`127.0.0.1:${port} does not speak Kafka's protocol`)
  }
  if (answer.readInt32BE(8) < 1) throw new Error('the broker has not joined the cluster yet')
}
