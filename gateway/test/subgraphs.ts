import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph'
import { composeServices } from '@theguild/federation-composition'
import { graphql, parse } from 'graphql'

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])'

const SHOP = `${LINK}
type Query {
  products(query: String): [Product!]!
  product(id: ID!): Product
}
type Mutation {
  rename(id: ID!, name: String!): Product!
}
type Product @key(fields: "id") {
  id: ID!
  name: String!
  related: [Product!]!
  seller: Person
}
type Person @key(fields: "id", resolvable: false) {
  id: ID!
}`

const PEOPLE = `${LINK}
type Query {
  me: Person!
  person(id: ID!): Person
}
type Person @key(fields: "id") {
  id: ID!
  name: String!
}`

/** A real subgraph on a free port; what it was asked is in `requests`. */
export type Subgraph = AsyncDisposable & {
  readonly url: string
  readonly requests: { headers: IncomingHttpHeaders; query: string; variables: unknown }[]
  /** Replaces the answers to everything, as a proxy in between could. */
  answerWith?: { status: number; body: string } | 'broken connection'
  stop(): Promise<void>
}

type Fields = Readonly<
  Record<string, (parent: unknown, args: never, context: { headers: IncomingHttpHeaders }) => unknown>
>

const startSubgraph = async (typeDefs: string, resolvers: Readonly<Record<string, Fields>>): Promise<Subgraph> => {
  const schema = buildSubgraphSchema([
    { typeDefs: parse(typeDefs), resolvers: resolvers as unknown as GraphQLResolverMap },
  ])
  const server = createServer(async (request, response) => {
    if (request.url === '/health/live') return response.end('{}')
    const { query, variables } = (await json(request)) as { query: string; variables?: Record<string, unknown> }
    subgraph.requests.push({ headers: request.headers, query, variables })
    const given = subgraph.answerWith
    if (given === 'broken connection') return request.socket.destroy()
    if (given !== undefined) return response.writeHead(given.status).end(given.body)
    const contextValue = { headers: request.headers }
    const result = await graphql({ schema, source: query, variableValues: variables ?? {}, contextValue })
    return response.setHeader('content-type', 'application/json').end(JSON.stringify(result))
  })
  const stop = async () => {
    if (!server.listening) return
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const subgraph: Subgraph = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    requests: [],
    stop,
    [Symbol.asyncDispose]: stop,
  }
  return subgraph
}

export const PRODUCTS = [
  { id: 'p1', name: 'Lamp', seller: { id: 'u1' } },
  { id: 'p2', name: 'Chair', seller: { id: 'u2' } },
]

export const startShop = (query: Fields = {}, mutation: Fields = {}): Promise<Subgraph> =>
  startSubgraph(SHOP, {
    Query: {
      products: () => PRODUCTS,
      product: (_, { id }: { id: string }) => PRODUCTS.find((p) => p.id === id),
      ...query,
    },
    Mutation: { rename: (_, { id, name }: { id: string; name: string }) => ({ id, name }), ...mutation },
    Product: { related: () => PRODUCTS },
  })

export const startPeople = (query: Fields = {}): Promise<Subgraph> =>
  startSubgraph(PEOPLE, {
    Query: {
      // The caller's name is the caller's token, so that a mixed-up answer shows.
      me: (_, __, { headers }) => ({
        id: 'me',
        name: headers.authorization ?? 'nobody',
      }),
      person: (_, { id }: { id: string }) => ({ id, name: `Person ${id}` }),
      ...query,
    },
    Person: {
      __resolveReference: (reference) => ({
        ...(reference as { id: string }),
        name: `Person ${(reference as { id: string }).id}`,
      }),
    },
  })

/** The two, composed. The addresses in it are wrong on purpose: settings replace them. */
export const composeSupergraph = (): string => {
  const { supergraphSdl, errors } = composeServices([
    { name: 'app', url: 'http://127.0.0.1:1/graphql', typeDefs: parse(SHOP) },
    { name: 'security', url: 'http://127.0.0.1:1/graphql', typeDefs: parse(PEOPLE) },
  ])
  if (supergraphSdl === undefined) throw new AggregateError(errors ?? [])
  return supergraphSdl
}
