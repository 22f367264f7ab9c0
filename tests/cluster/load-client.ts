/*
 * Runs in a pod, where the ingress controller is: asks the gateway for something of all four services, again and again, and
 * prints what it has seen, each second as one line of JSON. Anything but a whole answer is a failure. All clients ask at the
 * same moments, so that the gateway needs more connections to a service than are open, and finds where new ones lead.
 */
import { setTimeout as delay } from 'node:timers/promises'

const { GATEWAY_URL = '', ACCESS_TOKEN = '', CLIENTS = '', BEAT_MS = '' } = process.env
const BEAT = Number(BEAT_MS)
const MOST_SAMPLES = 10
// Above what the gateway may take: an operation that asks one service after another waits 10 s for each.
const MOST_MS = 60_000

const READ = `{
  currentUser { id }
  products(first: 2) { edges { node { id name images { id } } } }
  conversations(first: 1) { edges { node { id } } }
}`
const WRITE = 'mutation ($input: CreateProductInput!) { createProduct(input: $input) { product { id } } }'

const seen = { sent: 0, failed: 0, written: 0, slowestMs: 0, samples: [] as string[] }

const send = async (query: string, variables: object): Promise<void> => {
  const begin = performance.now()
  seen.sent += 1
  try {
    const response = await fetch(GATEWAY_URL, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ACCESS_TOKEN}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(MOST_MS),
    })
    const text = await response.text()
    if (response.status !== 200 || text.includes('"errors"')) throw new Error(`${response.status} ${text}`)
  } catch (error) {
    seen.failed += 1
    const cause = error instanceof Error && error.cause !== undefined ? ` (${error.cause})` : ''
    seen.samples = [...seen.samples, `${new Date().toISOString()} ${error}${cause}`].slice(-MOST_SAMPLES)
  }
  seen.slowestMs = Math.max(seen.slowestMs, Math.round(performance.now() - begin))
}

const client = async (name: string): Promise<void> => {
  for (let count = 0; ; count += 1) {
    await send(READ, {})
    if (count % 10 === 0) {
      seen.written += 1
      await send(WRITE, { input: { name: 'Load', sku: `L-${name}-${count}`, priceCents: 1 } })
    }
    await delay(BEAT - (Date.now() % BEAT))
  }
}

setInterval(() => process.stdout.write(`${JSON.stringify(seen)}\n`), 1_000)
// As process 1 it gets no default handling of the signal.
process.on('SIGTERM', () => process.exit(0))
await Promise.all(Array.from({ length: Number(CLIENTS) }, (_, index) => client(`${Date.now() % 1e6}-${index}`)))
