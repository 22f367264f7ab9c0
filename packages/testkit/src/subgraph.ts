import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { compose } from '@neotool/contracts/compose'
import { buildSchema, type GraphQLSchema, graphql, parse } from 'graphql'

/** What a subgraph is told of who asks. */
export type Caller = { readonly headers: IncomingHttpHeaders }

/** Field of the root → its value for the arguments that it was asked with. */
export type Fields = Readonly<Record<string, (args: never, caller: Caller) => unknown>>

/** What a proxy in between, or a dying process, could answer in the place of GraphQL. */
export type StrangeAnswer =
  | { readonly status: number; readonly type: string; readonly body: string }
  | 'broken connection'

/** A real subgraph of a federation on a port of its own; what it was asked is in `requests`. */
export type Subgraph = AsyncDisposable & {
  readonly url: string
  readonly requests: { headers: IncomingHttpHeaders; query: string; variables: unknown }[]
  /** Replaces fields of the root until it is disposed of. */
  resolves(fields: Fields): Disposable
  /** Answers everything so until it is disposed of. */
  answers(answer: StrangeAnswer): Disposable
  /** Nobody listens at its port until it is disposed of. */
  isDown(): Promise<AsyncDisposable>
}

type Definition = {
  /** Federation's SDL, as it is composed into the supergraph. */
  readonly sdl: string
  /** The types that it resolves by a key; `_entities` of `fields` answers for them. */
  readonly entities: readonly string[]
  readonly fields: Fields
  /** A free one unless given. */
  readonly port?: number | undefined
}

/** Starts a subgraph that answers from plain functions. */
export const startSubgraph = async ({ sdl, entities, fields, port = 0 }: Definition): Promise<Subgraph> => {
  const schema = executableSchema(sdl, entities)
  const requests: Subgraph['requests'] = []
  let root = fields
  let strange: StrangeAnswer | undefined
  const server = createServer(async (request, response) => {
    if (request.url === '/health/live') return response.end('{}')
    const { query, variables } = (await json(request)) as { query: string; variables?: Record<string, unknown> }
    const { headers } = request
    requests.push({ headers, query, variables })
    if (strange === 'broken connection') return request.socket.destroy()
    if (strange !== undefined) {
      return response.writeHead(strange.status, { 'content-type': strange.type }).end(strange.body)
    }
    const contextValue: Caller = { headers }
    const result = await graphql({ schema, source: query, rootValue: root, contextValue, variableValues: variables })
    return response.setHeader('content-type', 'application/json').end(JSON.stringify(result))
  })
  await listen(server, port)
  const address = server.address() as AddressInfo
  const stop = async () => {
    if (!server.listening) return
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return {
    url: `http://127.0.0.1:${address.port}/graphql`,
    requests,
    resolves(replacements) {
      const before = root
      root = { ...root, ...replacements }
      return undo(() => {
        root = before
      })
    },
    answers(answer) {
      strange = answer
      return undo(() => {
        strange = undefined
      })
    },
    async isDown() {
      await stop()
      return { [Symbol.asyncDispose]: () => listen(server, address.port) }
    },
    [Symbol.asyncDispose]: stop,
  }
}

const undo = (action: () => void): Disposable => ({ [Symbol.dispose]: action })

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))

/** What a router asks of every subgraph beside its own fields. */
const executableSchema = (sdl: string, entities: readonly string[]): GraphQLSchema => {
  const federation = `scalar _Any
    union _Entity = ${entities.join(' | ')}
    extend type Query { _entities(representations: [_Any!]!): [_Entity]! }`
  // Federation's directives are defined nowhere in it, and mean nothing to whoever executes it.
  return buildSchema(`${sdl}\n${federation}`, { assumeValidSDL: true })
}

/** Joins subgraphs into the supergraph that a gateway runs; throws where they do not fit. */
export const composeSupergraph = (subgraphs: readonly { name: string; url: string; sdl: string }[]): string => {
  const { supergraph } = compose(
    subgraphs.map(({ sdl, ...rest }) => ({ ...rest, file: rest.name, document: parse(sdl) })),
  )
  // Its first line speaks of the contract, which this is not.
  return supergraph.replace(/^#.*\n\n/, '')
}
