import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import type { GraphQLFormattedError } from 'graphql'
import { buildApp } from '../src/app.ts'
import { createGateway } from '../src/graphql.ts'
import { composeSupergraph, type Subgraph, startPeople, startShop } from './subgraphs.ts'

export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly data?: unknown
  readonly errors: readonly GraphQLFormattedError[]
}

export type TestGateway = AsyncDisposable & {
  readonly app: Awaited<ReturnType<typeof buildApp>>['app']
  readonly shop: Subgraph
  readonly people: Subgraph
  ask(query: string, options?: AskOptions): Promise<Answer>
}

type AskOptions = {
  readonly variables?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
  /** Further members of the request's JSON. */
  readonly body?: object
}

type Options = {
  readonly shop?: Promise<Subgraph>
  readonly people?: Promise<Subgraph>
  readonly subgraphTimeoutMs?: number
  readonly isIntrospectionOn?: boolean
}

/** The gateway before two real subgraphs; it does not listen, requests are injected. */
export const startGateway = async (options: Options = {}): Promise<TestGateway> => {
  const { isIntrospectionOn = false, subgraphTimeoutMs } = options
  const shop = await (options.shop ?? startShop())
  const people = await (options.people ?? startPeople())
  const urls = new Map([
    ['app', shop.url],
    ['security', people.url],
  ])
  const parts = {
    supergraph: { sdl: composeSupergraph(), urls },
    log: createLogger({ service: 'gateway', level: 'silent' }),
    metrics: createMetrics('gateway'),
    isIntrospectionOn,
  }
  const gateway = await createGateway({ ...parts, subgraphTimeoutMs })
  const { app } = await buildApp({ ...parts, gateway, corsOrigins: ['http://localhost:3000'] })
  return {
    app,
    shop,
    people,
    async ask(query, { variables, headers, body } = {}) {
      const payload = { query, variables, ...body }
      const response = await app.inject({ method: 'POST', url: '/graphql', headers: { ...headers }, payload })
      return { status: response.statusCode, headers: response.headers, errors: [], ...response.json() }
    },
    async [Symbol.asyncDispose]() {
      await app.close()
      await gateway.close()
      await shop.stop()
      await people.stop()
    },
  }
}
