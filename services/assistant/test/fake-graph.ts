import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { z } from 'zod'

export type FakeProduct = {
  readonly id: string
  readonly name: string
  readonly sku: string
  readonly priceCents: number
  readonly stock: number
}

const asked = z.object({
  query: z.string(),
  variables: z.object({ query: z.string().nullable(), first: z.int() }),
})

export type Asked = z.output<typeof asked> & { readonly headers: IncomingHttpHeaders }

export type FakeGraph = AsyncDisposable & {
  readonly url: string
  /** Every question so far. */
  readonly asked: Asked[]
  products: readonly FakeProduct[]
  /** Answers in place of the products; `undefined` gives them back. */
  answer: ((response: ServerResponse) => void) | undefined
}

/** An API over HTTP that knows a few products, and can be slow, broken or full of refusals. */
export const startFakeGraph = async (): Promise<FakeGraph> => {
  const server = createServer(async (request, response) => {
    const body = asked.parse(await json(request))
    graph.asked.push({ ...body, headers: request.headers })
    if (graph.answer) return graph.answer(response)
    const text = body.variables.query?.toLowerCase() ?? ''
    const found = graph.products.filter(({ name, sku }) => `${name} ${sku}`.toLowerCase().includes(text))
    const edges = found.slice(0, body.variables.first).map((node) => ({ node }))
    sendJson(response, { data: { products: { totalCount: found.length, edges } } })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const graph: FakeGraph = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    asked: [],
    products: [],
    answer: undefined,
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())))
    },
  }
  return graph
}

export const sendJson = (response: ServerResponse, body: unknown, status = 200): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

let count = 0

/** A product that nobody else in this file has. */
export const aProduct = (fields: Partial<FakeProduct> = {}): FakeProduct => {
  count += 1
  const id = `0199b000-0000-7000-8000-${String(count).padStart(12, '0')}`
  return { id, name: `Desk lamp ${count}`, sku: `LMP-${count}`, priceCents: 11_900, stock: 4, ...fields }
}
