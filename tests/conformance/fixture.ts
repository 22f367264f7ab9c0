import type { Subgraph } from '@neotool/testkit/subgraph'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { startEngine } from './engines.ts'
import { ADDRESSES, startApp, startSecurity } from './subgraphs.ts'

export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly data?: unknown
  readonly errors: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions: Readonly<Record<string, unknown>>
  }[]
}

export type AskOptions = {
  readonly variables?: Readonly<Record<string, unknown>> | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** Further members of the request's JSON. */
  readonly body?: object
}

export type Fixture = {
  /** Of the gateway's GraphQL endpoint. */
  readonly url: string
  readonly app: Subgraph
  readonly security: Subgraph
  ask(query: string, options?: AskOptions): Promise<Answer>
}

const start = async (stack: AsyncDisposableStack): Promise<Fixture> => {
  const foreign = process.env.NEOTOOL_GATEWAY_URL
  const isForeign = foreign !== undefined
  const app = stack.use(await startApp(isForeign ? ADDRESSES.app.port : undefined))
  const security = stack.use(await startSecurity(isForeign ? ADDRESSES.security.port : undefined))
  const { url } = isForeign ? { url: foreign } : stack.use(await startEngine({ app: app.url, security: security.url }))
  return {
    url,
    app,
    security,
    async ask(query, { variables, headers, body } = {}) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
        body: JSON.stringify({ query, variables, ...body }),
      })
      return { status: response.status, headers: response.headers, errors: [], ...(await response.json()) }
    },
  }
}

/** The gateway and its subgraphs for the tests of a file; what was asked of the subgraphs begins anew with each test. */
export const useGateway = (): (() => Fixture) => {
  const stack = new AsyncDisposableStack()
  let fixture: Fixture | undefined
  const get = () => {
    if (fixture === undefined) throw new Error('The gateway is there only within tests')
    return fixture
  }
  beforeAll(async () => {
    fixture = await start(stack)
  })
  beforeEach(() => {
    get().app.requests.length = 0
    get().security.requests.length = 0
  })
  afterAll(() => stack.disposeAsync())
  return get
}
