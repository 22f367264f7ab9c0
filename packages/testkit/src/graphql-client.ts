import type { FastifyInstance } from 'fastify'

export type GraphqlAnswer<Data> = {
  readonly status: number
  readonly data: Data | null
  readonly errors: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions: {
      readonly code: string
      readonly reason: string
      readonly traceId: string
      readonly fields?: readonly { readonly path: string; readonly message: string }[]
      readonly current?: Readonly<Record<string, unknown>>
    }
  }[]
}

export type SendGraphql = <Data = Record<string, unknown>>(
  query: string,
  variables?: Readonly<Record<string, unknown>>,
  actor?: { readonly token: string },
) => Promise<GraphqlAnswer<Data>>

/** Sends operations into a server that does not listen, as a given actor or as nobody. */
export const graphqlClient =
  (app: FastifyInstance): SendGraphql =>
  async <Data>(query: string, variables = {}, actor?: { readonly token: string }) => {
    const response = await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: actor ? { authorization: `Bearer ${actor.token}` } : {},
      payload: { query, variables },
    })
    const body = response.json<{ data?: Data | null; errors?: GraphqlAnswer<Data>['errors'] }>()
    return { status: response.statusCode, data: body.data ?? null, errors: body.errors ?? [] }
  }

/** The data of an answer without errors; throws the errors otherwise, so that a test says why it failed. */
export const dataOf = <Data>({ data, errors }: GraphqlAnswer<Data>): Data => {
  if (data === null || errors.length > 0) throw new Error(`The operation failed: ${JSON.stringify(errors)}`)
  return data
}
