import { dataOf } from '@neotool/testkit/graphql-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MEMBERS } from '../src/groups.ts'
import { type Administration, administration } from './administration-fixture.ts'
import { type Person, type SecurityFixture, startSecurity } from './security-fixture.ts'

let fixture: SecurityFixture
let admin: Administration
let administrator: Person
let people: Person[]
beforeAll(async () => {
  fixture = await startSecurity()
  admin = administration(fixture)
  administrator = await admin.administrator()
  people = []
  for (let index = 0; index < 4; index += 1) people.push(await fixture.newPerson())
  for (const name of ['Alpha', 'beta', 'Gamma', 'delta']) {
    await admin.done('createGroup', { name, description: `100% ${name}_x` }, administrator)
    await admin.done('createRole', { name, description: `100% ${name}_x` }, administrator)
  }
})
afterAll(() => fixture[Symbol.asyncDispose]())

type Page = {
  totalCount: number
  edges: { node: Record<string, string> }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
}

const PAGE = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }'

const list = async (field: string, args: string, node: string): Promise<Page> => {
  const query = `{ ${field}${args && `(${args})`} { totalCount edges { node { ${node} } } ${PAGE} } }`
  return dataOf(await fixture.send<Record<string, Page>>(query, {}, administrator))[field] as Page
}

const LISTS = [
  ['users', 'NAME', 'id'],
  ['users', 'EMAIL', 'id'],
  ['users', 'CREATED_AT', 'id'],
  ['groups', 'NAME', 'id'],
  ['groups', 'CREATED_AT', 'id'],
  ['roles', 'NAME', 'id'],
  ['roles', 'CREATED_AT', 'id'],
  ['permissions', 'NAME', 'name'],
] as const

describe.each(LISTS)('%s by %s', (field, order, key) => {
  it.each(['ASC', 'DESC'])('%s show each once and in the same order, forward and back', async (direction) => {
    const orderBy = `orderBy: { field: ${order}, direction: ${direction} }`
    const keysOf = ({ edges }: Page) => edges.map(({ node }) => node[key])
    const [forward, backward]: [unknown[], unknown[]] = [[], []]
    for (let after = ''; ; ) {
      const page = await list(field, `first: 3, ${orderBy}${after}`, key)
      forward.push(...keysOf(page))
      if (!page.pageInfo.hasNextPage) break
      after = `, after: "${page.pageInfo.endCursor}"`
    }
    for (let before = ''; ; ) {
      const page = await list(field, `last: 3, ${orderBy}${before}`, key)
      backward.unshift(...keysOf(page))
      if (!page.pageInfo.hasPreviousPage) break
      before = `, before: "${page.pageInfo.startCursor}"`
    }
    const { totalCount } = await list(field, '', key)
    expect(new Set(forward).size).toBe(totalCount)
    expect(forward).toHaveLength(totalCount)
    expect(backward).toEqual(forward)
  })
})

describe('the search', () => {
  it.each([
    ['groups', 'BET', ['beta']],
    ['groups', '100% beta_', ['beta']],
    ['roles', 'gAmMa', ['Gamma']],
    ['permissions', 'app:product:vi', ['app:product:view']],
  ])('of %s for %s finds parts without regard to case', async (field, text, found) => {
    const { edges } = await list(field, `query: "${text}"`, 'name')
    expect(edges.map(({ node }) => node.name)).toEqual(found)
  })

  it('of users finds parts of the e-mail', async () => {
    const [person] = people
    const { edges } = await list('users', `query: "${person?.email.slice(2, 20).toUpperCase()}"`, 'id')
    expect(edges.map(({ node }) => node.id)).toEqual([person?.userId])
  })

  it.each(['users', 'groups', 'roles', 'permissions'])('of %s takes wildcards and quotes literally', async (field) => {
    const key = field === 'permissions' ? 'name' : 'id'
    for (const text of ['%%', '____', String.raw`\\`, "' or 1=1 --", "x'; drop table users; --", '$1']) {
      expect(await list(field, `query: "${text}"`, key)).toMatchObject({ totalCount: 0, edges: [] })
    }
  })

  it('of members looks in that group alone', async () => {
    const [person] = people
    const query = (text: string) =>
      `{ group(id: "${MEMBERS}") { members(query: "${text}") { totalCount edges { node { user { id } } } } } }`
    const find = async (text: string) =>
      dataOf(await fixture.send<{ group: { members: Page } }>(query(text), {}, administrator)).group.members
    expect(await find(person?.email ?? '')).toMatchObject({
      totalCount: 1,
      edges: [{ node: { user: { id: person?.userId } } }],
    })
    expect(await find("%' or true --")).toMatchObject({ totalCount: 0 })
  })

  it.each([`users(query: "${'x'.repeat(201)}")`, 'groups(first: 101)', 'roles(after: "x")', 'permissions(last: 0)'])(
    'refuses %s',
    async (call) => {
      const { errors } = await fixture.send(`{ ${call} { totalCount } }`, {}, administrator)
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    },
  )
})
