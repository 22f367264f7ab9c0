import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Caller, composeSupergraph, type Subgraph, startSubgraph } from '@neotool/testkit/subgraph'

const readSdl = (name: string) => readFileSync(join(import.meta.dirname, 'graphql', `${name}.graphql`), 'utf8')

/** Where a gateway that was started by somebody else expects them. */
export const ADDRESSES = {
  app: { port: 4901, url: 'http://127.0.0.1:4901/graphql' },
  security: { port: 4902, url: 'http://127.0.0.1:4902/graphql' },
} as const

/** The supergraph of the two, generated. */
export const supergraphFile = join(import.meta.dirname, 'generated/supergraph.graphql')

/** What that file must hold. */
export const supergraph = (): string =>
  composeSupergraph([
    { name: 'app', url: ADDRESSES.app.url, sdl: readSdl('app') },
    { name: 'security', url: ADDRESSES.security.url, sdl: readSdl('security') },
  ])

const product = (id: string, name: string, sellerId: string) => ({
  id,
  name,
  note: null,
  // One, so that an operation of many levels that is let through has a small answer.
  related: () => PRODUCTS.slice(0, 1),
  seller: { id: sellerId },
})

// Two of the three have one seller: asked for once.
const PRODUCTS: readonly ReturnType<typeof product>[] = [
  product('p1', 'Lamp', 'u1'),
  product('p2', 'Chair', 'u2'),
  product('p3', 'Table', 'u1'),
]

export const person = (id: string) => ({ __typename: 'Person', id, name: `Person ${id}` })

/** Products; as many of them as a test wants come from its own functions. */
export const startApp = (port?: number): Promise<Subgraph> =>
  startSubgraph({
    sdl: readSdl('app'),
    entities: ['Product'],
    port,
    fields: {
      products: () => PRODUCTS,
      product: ({ id }: { id: string }) => PRODUCTS.find((candidate) => candidate.id === id),
      rename: ({ id, name }: { id: string; name: string }) => product(id, name, 'u1'),
    },
  })

/** People; the caller's name is the caller's token, so that a mixed-up answer shows. */
export const startSecurity = (port?: number): Promise<Subgraph> =>
  startSubgraph({
    sdl: readSdl('security'),
    entities: ['Person'],
    port,
    fields: {
      me: (_: unknown, { headers }: Caller) => ({ ...person('me'), name: headers.authorization ?? 'nobody' }),
      person: ({ id }: { id: string }) => person(id),
      _entities: ({ representations }: { representations: { id: string }[] }) =>
        representations.map(({ id }) => person(id)),
    },
  })
