/** For tests: what of the API, the storage and Prometheus the checks of a deployment ask for, answered as they would. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { PIXEL } from './person.ts'

const UNAVAILABLE = { message: 'Try again.', extensions: { code: 'SERVICE_UNAVAILABLE' } }

const ADDRESS = 'http://files.neotool.local/a1'

const ANSWERS: Readonly<Record<string, unknown>> = {
  signUp: { email: 'x' },
  signIn: { session: { accessToken: 'token' } },
  createProduct: { product: { id: 'p1' } },
  createAssetUpload: { asset: { id: 'a1' }, upload: { url: ADDRESS, headers: [] } },
  confirmAssetUpload: { asset: { url: ADDRESS } },
  activity: { edges: [{ node: { productName: 'Neotool verify' } }] },
  product: { version: 1 },
  deleteProduct: { deletedProductId: 'p1' },
  deleteAsset: { deletedAssetId: 'a1' },
  deleteAccount: { deletedUserId: 'u1' },
}

export type TestApi = {
  readonly port: number
  /** The fields that were asked for. */
  readonly asked: readonly string[]
  /** Has a field be answered with an error. */
  fail(field: string): void
  /** Has a field be told, so many times, that it is to be asked for again. */
  delay(field: string, times: number): void
  /** Has every field be answered again. */
  mend(): void
  /** What Prometheus says of its target. */
  target: 'up' | 'down'
  close(): void
}

/** Listens on a free port. */
export const startTestApi = async (): Promise<TestApi> => {
  const asked: string[] = []
  const failing = new Set<string>()
  const delayed = new Map<string, number>()
  const answerTo = (method: string, url: string, body: string): string | Buffer => {
    if (url.startsWith('/api/v1/targets')) {
      const target = { labels: { job: 'app', pod: 'app-1' }, health: api.target }
      return JSON.stringify({ data: { activeTargets: [target] } })
    }
    if (method === 'PUT') return ''
    if (method === 'GET') return PIXEL
    const { query } = JSON.parse(body) as { query: string }
    const [, field = ''] = /\{\s*(\w+)/.exec(query) ?? []
    asked.push(field)
    const times = delayed.get(field) ?? 0
    delayed.set(field, times - 1)
    if (times > 0) return JSON.stringify({ data: null, errors: [UNAVAILABLE] })
    if (failing.has(field)) return JSON.stringify({ data: null, errors: [{ message: 'Not now.' }] })
    return JSON.stringify({ data: { [field]: ANSWERS[field] } })
  }
  const server = createServer((request, response) => {
    text(request).then((body) => response.end(answerTo(request.method ?? '', request.url ?? '', body)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const api: TestApi = {
    port: (server.address() as AddressInfo).port,
    asked,
    fail: (field) => void failing.add(field),
    delay: (field, times) => void delayed.set(field, times),
    mend: () => failing.clear(),
    target: 'up',
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  return api
}
