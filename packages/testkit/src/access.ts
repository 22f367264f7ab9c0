/**
 * Who may use what, of every query, mutation and entity of a subgraph: each service has a table of its own and proves it here
 * against its own server. What is in the contract and not in the table fails, so that nothing is added without a thought
 * of who may use it.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  buildASTSchema,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  Kind,
  parse,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import type { GraphqlAnswer, SendGraphql } from './graphql-client.ts'

type Variables = Readonly<Record<string, unknown>>

/** A thing of somebody else; whoever asks for it holds these permissions, all that there are unless said otherwise. */
type Foreign = { readonly holding?: readonly string[]; variables(): Promise<Variables> }

/** What its ids name belongs to nobody; and what that is. */
type NobodysThing = { readonly names: string }

export type Access =
  /** Whoever asks, signed in or not; and why. */
  | { readonly public: string }
  /** Whoever is signed in, for what is their own; and what that is. A field that names things by id needs `foreign`. */
  | { readonly own: string; readonly variables?: Variables; readonly foreign?: Foreign | NobodysThing }
  /** Whoever holds all of these permissions, and one of `oneOf` where it is given. */
  | {
      readonly needs: string | readonly string[]
      readonly oneOf?: readonly string[]
      readonly variables?: Variables
      readonly foreign?: Foreign
    }

/** `Query.product`, `Mutation.createProduct`, and the name of an entity → who may use it. */
export type AccessTable = Readonly<Record<string, Access>>

type Server = {
  readonly send: SendGraphql
  /** A signed-in user who proved a moment ago who they are, and holds these permissions. */
  actorWith(...permissions: readonly string[]): Promise<{ readonly token: string }>
}

type Operation = { readonly query: string; readonly variables: Variables; readonly namesThings: boolean }

/** Registers the tests of a service's table; `server` is asked for when they run. */
export const describeAccess = (service: string, table: AccessTable, server: () => Server): void => {
  const operations = operationsOf(schemaOf(service))

  it('the table has every query, mutation and entity of the contract, and nothing else', () => {
    expect(Object.keys(table).toSorted()).toEqual([...operations.keys()].toSorted())
  })

  describe.each(
    [...operations].flatMap(([name, operation]) => {
      const access = table[name]
      return access === undefined || 'public' in access ? [] : [{ name, operation, access }]
    }),
  )('$name', ({ operation, access }) => {
    const variables = { ...operation.variables, ...access.variables }
    const ask = async (permissions?: readonly string[], given = variables) => {
      const actor = permissions && (await server().actorWith(...permissions))
      return server().send(operation.query, given, actor)
    }
    const needed = 'own' in access ? [] : [access.needs].flat()
    const oneOf = ('own' in access ? undefined : access.oneOf) ?? []

    it('is refused to whoever is not signed in', async () => {
      expectRefusal(await ask(), 'UNAUTHENTICATED', 'SIGN_IN_REQUIRED')
    })

    const losses = [...needed.map((name) => [name]), ...(oneOf.length > 0 ? [oneOf] : [])]
    it.each(losses.map((missing) => ({ missing })))(
      'is refused to whoever holds all but $missing',
      async ({ missing }) => {
        expectRefusal(
          await ask(ALL_PERMISSIONS.filter((name) => !missing.includes(name))),
          'FORBIDDEN',
          'PERMISSION_MISSING',
        )
      },
    )

    it('is not refused to whoever it is for', async () => {
      const { errors } = await ask([...needed, ...oneOf.slice(0, 1)])
      const reasons = errors.map(({ extensions }) => extensions.reason)
      // The sample input may be refused for what is in it.
      expect(
        reasons.filter((reason) =>
          ['SIGN_IN_REQUIRED', 'PERMISSION_MISSING', 'INTERNAL', 'OPERATION_INVALID'].includes(reason),
        ),
      ).toEqual([])
    })

    const { foreign } = access
    if (foreign !== undefined && 'variables' in foreign) {
      it("is refused for somebody else's", async () => {
        const answer = await ask(foreign.holding ?? ALL_PERMISSIONS, await foreign.variables())
        expect(leavesOf(answer.data)).toEqual([])
        const codes = answer.errors.map(({ extensions }) => extensions.code)
        expect(codes.filter((code) => code !== 'FORBIDDEN' && code !== 'NOT_FOUND')).toEqual([])
      })
    } else if ('own' in access && foreign === undefined && operation.namesThings) {
      it("names somebody else's thing in the table", () => expect.unreachable('add `foreign` to its entry'))
    }
  })
}

/** The contract of a subgraph without federation's machinery. */
export const schemaOf = (service: string): GraphQLSchema => {
  const document = parse(
    readFileSync(new URL(`../../../contracts/graphql/${service}.graphql`, import.meta.url), 'utf8'),
  )
  const definitions = document.definitions.filter(({ kind }) => kind !== Kind.SCHEMA_EXTENSION)
  return buildASTSchema({ ...document, definitions }, { assumeValidSDL: true })
}

/** Every permission that the base policies know. */
export const ALL_PERMISSIONS: readonly string[] = [
  ...new Set(
    [
      ...readFileSync(new URL('../../../contracts/policies/base.cedar', import.meta.url), 'utf8').matchAll(
        /Permission::"([^"]+)"/g,
      ),
    ].flatMap(([, name]) => name ?? []),
  ),
]

const expectRefusal = (
  { data, errors }: GraphqlAnswer<Record<string, unknown>>,
  code: string,
  reason: string,
): void => {
  expect(leavesOf(data)).toEqual([])
  expect(errors.length).toBeGreaterThan(0)
  for (const { extensions } of errors) expect(extensions).toMatchObject({ code, reason })
}

/** All that an answer tells. */
const leavesOf = (data: unknown): readonly unknown[] => {
  if (data === null || data === undefined) return []
  return typeof data === 'object' ? Object.values(data).flatMap(leavesOf) : [data]
}

/** One operation for each field of Query and Mutation, and for each entity, with what its arguments require. */
const operationsOf = (schema: GraphQLSchema): ReadonlyMap<string, Operation> => {
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}).map(
      (field) => [`${type?.name}.${field.name}`, fieldOperation(type, field)] as const,
    ),
  )
  const entities = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .filter(isEntity)
    .map((type) => [type.name, entityOperation(type)] as const)
  return new Map([...roots, ...entities])
}

const fieldOperation = (
  type: GraphQLObjectType | null | undefined,
  field: GraphQLField<unknown, unknown>,
): Operation => {
  const required = field.args.filter(isRequiredArgument)
  const declared = required.map(({ name, type: argument }) => `$${name}: ${argument}`).join(', ')
  const given = required.map(({ name }) => `${name}: $${name}`).join(', ')
  const call = `${field.name}${given && `(${given})`}${selectionOf(field)}`
  return {
    query: `${type?.name.toLowerCase()} ${declared && `(${declared})`} { ${call} }`,
    variables: Object.fromEntries(required.map(({ name, type: argument }) => [name, sampleOf(argument)])),
    namesThings: field.args.some(({ type: argument }) => holdsId(argument)),
  }
}

const entityOperation = (type: GraphQLObjectType): Operation => {
  const fields = Object.values(type.getFields()).filter(
    ({ args, name }) => name !== 'id' && !args.some(isRequiredArgument),
  )
  const selected = fields.map((field) => `${field.name}${selectionOf(field)}`).join(' ')
  return {
    query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type.name} { ${selected} } } }`,
    variables: { representations: [{ __typename: type.name, id: randomUUID() }] },
    namesThings: true,
  }
}

const isEntity = (type: GraphQLObjectType): boolean =>
  (type.astNode?.directives ?? []).some(
    ({ name, arguments: given = [] }) =>
      name.value === 'key' &&
      !given.some(({ name: { value }, value: on }) => value === 'resolvable' && on.kind === Kind.BOOLEAN && !on.value),
  )

const selectionOf = (field: GraphQLField<unknown, unknown>): string =>
  isLeafType(getNamedType(field.type)) ? '' : ' { __typename }'

const holdsId = (type: GraphQLInputType): boolean => {
  const named = getNamedType(type)
  if (isInputObjectType(named)) return Object.values(named.getFields()).some(({ type: inner }) => holdsId(inner))
  return named.name === 'ID'
}

const SAMPLES: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1,
  Boolean: true,
  String: 'x',
  DateTime: '2100-01-01T00:00:00.000Z',
}

const sampleOf = (type: GraphQLInputType): unknown => {
  if (isNonNullType(type)) return sampleOf(type.ofType)
  if (isListType(type)) return [sampleOf(type.ofType)]
  if (isEnumType(type)) return type.getValues()[0]?.name
  if (!isInputObjectType(type)) return type.name === 'ID' ? randomUUID() : SAMPLES[type.name]
  const required = Object.values(type.getFields()).filter(isRequiredInputField)
  return Object.fromEntries(required.map(({ name, type: inner }) => [name, sampleOf(inner)]))
}
