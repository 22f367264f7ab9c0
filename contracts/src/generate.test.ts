import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findBreakingChanges } from './breaking-changes.ts'
import { findDrift, generateFiles } from './generate.ts'
import { ContractError } from './subgraphs.ts'

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])'

const APP = `${LINK}
type Query {
  note(id: ID!): Note
}
type Note @key(fields: "id") {
  id: ID!
  text: String!
  writtenAt: DateTime!
  author: User
}
type User @key(fields: "id", resolvable: false) {
  id: ID!
}
scalar DateTime
`

const SECURITY = `${LINK}
type Query {
  currentUser: User!
}
type User @key(fields: "id") {
  id: ID!
  displayName: String!
}
`

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'neotool-contracts-'))
  await put('contracts/graphql/app.graphql', APP)
  await put('contracts/graphql/security.graphql', SECURITY)
})
afterEach(() => rm(root, { recursive: true }))

const put = async (path: string, content: string): Promise<void> => {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), content)
}

const putAll = async (files: ReadonlyMap<string, string>): Promise<void> => {
  for (const [path, content] of files) await put(path, content)
}

/** The problems that keep the contract from being generated. */
const problems = async (): Promise<readonly string[]> => {
  const error = await generateFiles(root).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof ContractError) return error.problems
  throw new Error('A ContractError was expected', { cause: error })
}

describe('what is generated', () => {
  test('is the supergraph, the API without federation, and the types of services that exist', async () => {
    await mkdir(join(root, 'services/app'), { recursive: true })
    const files = await generateFiles(root)
    expect([...files.keys()]).toEqual([
      'contracts/supergraph.graphql',
      'contracts/api.graphql',
      'services/app/src/generated/graphql.ts',
    ])
    expect(files.get('contracts/supergraph.graphql')).toContain(
      '@join__graph(name: "security", url: "http://127.0.0.1:4002/graphql")',
    )
    expect(files.get('contracts/api.graphql')).toContain('displayName: String!')
    expect(files.get('contracts/api.graphql')).not.toMatch(/join__|@key|_entities/)
  })

  test('is the same whatever the order of definitions in the files is, as far as a client sees it', async () => {
    const before = (await generateFiles(root)).get('contracts/api.graphql')
    const [link, ...definitions] = APP.split(/^(?=type|scalar)/m)
    await put('contracts/graphql/app.graphql', [link, ...definitions.reverse()].join('\n'))
    expect((await generateFiles(root)).get('contracts/api.graphql')).toBe(before)
  })

  test('gives a mapped type to resolvers, also to the reference resolver', async () => {
    await put('services/app/codegen.json', '{ "mappers": { "Note": "../note.ts#Note" } }')
    const types = (await generateFiles(root)).get('services/app/src/generated/graphql.ts')
    expect(types).toContain(`import type { Note as NoteModel } from '../note.ts';`)
    expect(types).toMatch(/^ {2}Note: NoteModel;$/m)
    expect(types).toMatch(/__resolveReference\?: ReferenceResolver<Maybe<ResolversTypes\['Note'\]>/)
  })

  test('includes typed documents of the web, checked against the API of now', async () => {
    await symlink(resolve(import.meta.dirname, '../../node_modules'), join(root, 'node_modules'))
    await put(
      'web/codegen.json',
      '{ "documents": "src/*.ts", "generates": { "src/generated/": { "preset": "client" } } }',
    )
    await put('web/src/note.ts', 'graphql(`query Note { note(id: "1") { text } }`)')
    expect((await generateFiles(root)).get('web/src/generated/graphql.ts')).toContain('NoteQuery')

    await put('web/src/note.ts', 'graphql(`query Note { note(id: "1") { txt } }`)')
    expect((await problems()).join()).toContain('Cannot query field "txt" on type "Note"')
  })
})

describe('a faulty contract names file and place', () => {
  test('of a syntax error', async () => {
    await put('contracts/graphql/app.graphql', APP.replace('text: String!', 'text String!'))
    expect(await problems()).toEqual([
      'contracts/graphql/app.graphql:7:8: Syntax Error: Expected ":", found Name "String".',
    ])
  })

  test('of a mistake in one subgraph', async () => {
    await put('contracts/graphql/app.graphql', APP.replace('author: User', 'author: Usr'))
    expect(await problems()).toEqual(['contracts/graphql/app.graphql:9:11: Unknown type Usr'])
  })

  test('of both sides where two subgraphs disagree', async () => {
    await put('contracts/graphql/security.graphql', `${SECURITY}type Note {\n  text: Int!\n}\n`)
    expect(await problems()).toContainEqual(
      expect.stringMatching(/app\.graphql:7:3, contracts\/graphql\/security\.graphql:10:3: Type of field "Note\.text"/),
    )
  })

  test('of a subgraph that nobody gave an address', async () => {
    await put('contracts/graphql/billing.graphql', APP)
    expect(await problems()).toEqual([expect.stringMatching(/billing\.graphql: "billing" has no address; add it to/)])
  })

  test('of a mapped type that does not exist', async () => {
    await put('services/app/codegen.json', '{ "mappers": { "Nte": "../note.ts#Note" } }')
    expect(await problems()).toEqual([
      'services/app/codegen.json: there is no type "Nte" in contracts/graphql/app.graphql to map',
    ])
  })
})

describe('drift', () => {
  test('is none after all files are written', async () => {
    const files = await generateFiles(root)
    await putAll(files)
    expect(await findDrift(root, files)).toEqual([])
  })

  test('is a file that was edited and a file that is missing', async () => {
    await mkdir(join(root, 'services/app'), { recursive: true })
    await putAll(await generateFiles(root))
    await rm(join(root, 'services/app/src/generated/graphql.ts'))
    await put('contracts/api.graphql', `${await readFile(join(root, 'contracts/api.graphql'), 'utf8')}# edited\n`)
    expect(await findDrift(root, await generateFiles(root))).toEqual([
      'contracts/api.graphql',
      'services/app/src/generated/graphql.ts',
    ])
  })

  test('is what follows from a change of the contract', async () => {
    await putAll(await generateFiles(root))
    await put('contracts/graphql/app.graphql', APP.replace('text: String!', 'text: String!\n  title: String'))
    expect(await findDrift(root, await generateFiles(root))).toEqual([
      'contracts/supergraph.graphql',
      'contracts/api.graphql',
    ])
  })
})

describe('breaking changes', () => {
  const api = 'type Query { note(id: ID!): String, size: Int! }'

  test('are named', async () => {
    expect(await findBreakingChanges(api, 'type Query { note(id: ID!, lang: String!): String }')).toEqual([
      "Argument 'lang: String!' added to field 'Query.note'",
      "Field 'size' was removed from object type 'Query'",
    ])
  })

  test('are not additions that a client need not know', async () => {
    expect(
      await findBreakingChanges(api, 'type Query { note(id: ID!, lang: String): String, size: Int!, n: Int }'),
    ).toEqual([])
  })
})
