import { randomUUID } from 'node:crypto'
import { readPolicies } from '@neotool/contracts/policies'
import { auditedIn } from '@neotool/testkit/audit'
import { dataOf } from '@neotool/testkit/graphql-client'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ADMINISTRATORS } from '../src/groups.ts'
import { userId } from '../src/user.ts'
import {
  base,
  CHECK,
  DRAFT,
  EXPLAIN,
  LIST,
  newAdministrator,
  type PolicyAuthor,
  reasonOf,
  SIMULATE,
  startPolicies,
  VERSION,
  type Version,
  variant,
} from './policy-fixture.ts'
import type { Person, SecurityFixture } from './security-fixture.ts'

let fixture: SecurityFixture
let member: Person
let administrator: Person
let author: PolicyAuthor
beforeAll(async () => {
  ;({ fixture, member, administrator, author } = await startPolicies())
})
afterAll(() => fixture[Symbol.asyncDispose]())
beforeEach(async () => {
  await sql`truncate policy_versions, outbox`.execute(fixture.database)
})

const ACTIVATE = `mutation ($input: ActivatePolicyInput!) { activatePolicy(input: $input) { ${VERSION} } }`
const ROLLBACK = `mutation ($input: RollbackPolicyInput!) { rollbackPolicy(input: $input) { ${VERSION} } }`
const sendActivate = (number: number, actor: { token: string } | undefined = administrator, through = fixture.send) =>
  through<{ activatePolicy: { policy: Version } }>(ACTIVATE, { input: { number } }, actor)
const activate = async (number: number) => dataOf(await sendActivate(number)).activatePolicy.policy
const sendRollback = (number: number, actor: { token: string } | undefined = administrator) =>
  fixture.send<{ rollbackPolicy: { policy: Version } }>(ROLLBACK, { input: { number, comment: 'Back' } }, actor)
/** What every process is sent, in order. */
const bundles = async (): Promise<{ version: number; policies: string }[]> => {
  const rows = await fixture.database
    .selectFrom('outbox')
    .select('value')
    .where('topic', '=', 'neotool.security.policies')
    .where('key', '=', 'active')
    .orderBy('position')
    .execute()
  return rows.map(({ value }) => value as { version: number; policies: string })
}
describe('draftPolicy', () => {
  it('keeps a draft that decides nothing, and says who wrote it', async () => {
    const answer = await author.sendDraft(variant('a'))
    expect(dataOf(answer).draftPolicy.policy).toEqual({
      number: 1,
      state: 'DRAFT',
      text: variant('a'),
      restores: null,
      comment: 'Because',
      author: { id: administrator.userId },
      activatedBy: null,
    })
    expect(await bundles()).toEqual([])
    expect((await auditedIn(fixture.database)).at(-1)).toMatchObject({
      action: 'security:policy:save',
      resource: { type: 'Policy', id: '1' },
      outcome: 'allowed',
    })
  })

  it('refuses what does not fit the schema, with every fault', async () => {
    const { errors } = await author.sendDraft(
      `@id("a") permit (principal, action == Action::"burn", resource);
       @id("b") permit (principal, action, resource is Nothing);`,
    )
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'POLICIES_BROKEN' })
    const messages = errors[0]?.extensions.fields?.map(({ path, message }) => `${path} ${message}`)
    expect(messages).toEqual(
      expect.arrayContaining([expect.stringMatching(/^text .*burn/), expect.stringMatching(/^text .*Nothing/)]),
    )
    for (const text of ['permit (everything);', 'permit (principal, action, resource);', ' ', 'x'.repeat(200_001)]) {
      expect((await author.sendDraft(text)).errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    }
    expect(await author.states()).toEqual([])
  })
})

describe('activatePolicy', () => {
  it('sends a draft to every process and supersedes the one before, in whatever order they were drafted', async () => {
    const [first, second] = [await author.draft(variant('a')), await author.draft(variant('b'))]
    expect(await activate(second)).toMatchObject({ state: 'ACTIVE', activatedBy: { id: administrator.userId } })
    await activate(first)
    expect(await author.states()).toEqual([
      [second, 'SUPERSEDED'],
      [first, 'ACTIVE'],
    ])
    expect(await author.states('ACTIVE')).toEqual([[first, 'ACTIVE']])
    // A process takes no bundle that is older than its own, so the numbers are those of the activations.
    expect(await bundles()).toEqual([
      { version: 1, policies: variant('b') },
      { version: 2, policies: variant('a') },
    ])
    expect((await auditedIn(fixture.database)).at(-1)).toMatchObject({
      action: 'security:policy:activate',
      resource: { type: 'Policy', id: String(first) },
    })
  })

  it('is for drafts alone', async () => {
    const number = await author.draft(variant('a'))
    await activate(number)
    expect(reasonOf(await sendActivate(number))).toBe('POLICY_NOT_DRAFT')
    expect(reasonOf(await sendActivate(99))).toBe('POLICY_NOT_FOUND')
    expect(await bundles()).toHaveLength(1)
  })

  it('gives one order to two at once', async () => {
    const numbers = [
      await author.draft(variant('a')),
      await author.draft(variant('b')),
      await author.draft(variant('c')),
    ]
    const answers = await Promise.all(
      [...numbers, ...numbers].map((number, index) =>
        sendActivate(number, administrator, index % 2 === 0 ? fixture.send : fixture.replica),
      ),
    )
    expect(answers.map(reasonOf).filter((reason) => reason === 'POLICY_NOT_DRAFT')).toHaveLength(3)
    const [[active] = []] = await author.states('ACTIVE')
    const sent = await bundles()
    expect(sent.map(({ version }) => version)).toEqual([1, 2, 3])
    expect(sent.at(-1)?.policies).toBe(variant(['a', 'b', 'c'][numbers.indexOf(Number(active))] ?? ''))
  })

  it('asks for a fresh proof of who it is', async () => {
    const number = await author.draft(variant('a'))
    const stale = await newAdministrator(fixture, { signedInMinutesAgo: 6 })
    expect(reasonOf(await sendActivate(number, stale))).toBe('STEP_UP_REQUIRED')
    expect(reasonOf(await sendRollback(0, stale))).toBe('STEP_UP_REQUIRED')
    expect(await bundles()).toEqual([])
  })

  it.each([
    ['nothing is permitted', '@id("a") permit (principal, action == Action::"app:product:view", resource);'],
    ['it is forbidden', `${base} @id("a") forbid (principal, action == Action::"security:policy:activate", resource);`],
    ['a stranger alone may', `@id("a") permit (principal == User::"${randomUUID()}", action, resource);`],
  ])('refuses policies by which nobody could activate others: %s', async (_what, text) => {
    const number = await author.draft(text)
    expect(reasonOf(await sendActivate(number))).toBe('POLICY_LOCKS_OUT')
    expect(await author.states()).toEqual([[number, 'DRAFT']])
    expect(await bundles()).toEqual([])
  })

  it('does not count on who is disabled, or has left', async () => {
    const only = await newAdministrator(fixture)
    const number = await author.draft(`@id("a") permit (principal == User::"${only.userId}", action, resource);`)
    const id = userId.parse(only.userId)
    await fixture.database.updateTable('users').set({ disabled_at: fixture.now() }).where('id', '=', id).execute()
    expect(reasonOf(await sendActivate(number))).toBe('POLICY_LOCKS_OUT')
    await fixture.database.updateTable('users').set({ disabled_at: null }).where('id', '=', id).execute()
    const members = fixture.database.updateTable('group_members').where('user_id', '=', id)
    await members.set({ ends_at: fixture.now() }).where('group_id', '=', ADMINISTRATORS).execute()
    expect(reasonOf(await sendActivate(number))).toBe('POLICY_LOCKS_OUT')
    await members.set({ ends_at: null }).execute()
    expect(await activate(number)).toMatchObject({ state: 'ACTIVE' })
  })

  it('refuses a draft that the release no longer understands; what was active stays', async () => {
    await activate(await author.draft(variant('a')))
    const broken = await author.draft(variant('b'))
    await fixture.database
      .updateTable('policy_versions')
      .set({ text: '@id("a") permit (principal, action == Action::"of:the:past", resource);' })
      .where('number', '=', broken)
      .execute()
    expect(reasonOf(await sendActivate(broken))).toBe('POLICIES_BROKEN')
    expect(await author.states()).toEqual([
      [broken, 'DRAFT'],
      [1, 'ACTIVE'],
    ])
    expect(await bundles()).toHaveLength(1)
  })
})

describe('rollbackPolicy', () => {
  it('makes an earlier version, or the built-in policies, active again as a new one', async () => {
    const [first, second] = [await author.draft(variant('a')), await author.draft(variant('b'))]
    await activate(first)
    await activate(second)
    expect(dataOf(await sendRollback(first)).rollbackPolicy.policy).toMatchObject({
      number: 3,
      state: 'ACTIVE',
      restores: first,
      text: variant('a'),
      comment: 'Back',
    })
    expect(dataOf(await sendRollback(0)).rollbackPolicy.policy).toMatchObject({ number: 4, restores: 0, text: base })
    expect((await bundles()).map(({ version, policies }) => [version, policies])).toEqual([
      [1, variant('a')],
      [2, variant('b')],
      [3, variant('a')],
      [4, base],
    ])
  })

  it('is for what was active before', async () => {
    const number = await author.draft(variant('a'))
    expect(reasonOf(await sendRollback(number))).toBe('POLICY_NOT_SUPERSEDED')
    await activate(number)
    expect(reasonOf(await sendRollback(number))).toBe('POLICY_NOT_SUPERSEDED')
    expect(reasonOf(await sendRollback(99))).toBe('POLICY_NOT_FOUND')
    expect(await author.states()).toEqual([[number, 'ACTIVE']])
  })
})

describe('the start of the service', () => {
  it('publishes the active version once more, and none where none is', async () => {
    await fixture.useCases.publishActivePolicy()
    expect(await bundles()).toEqual([])
    await activate(await author.draft(variant('a')))
    await fixture.useCases.publishActivePolicy()
    expect(await bundles()).toEqual([1, 1].map((version) => ({ version, policies: variant('a') })))
  })
})

const SOURCES = '{ policySources { schema policies } }'

describe('whoever may not', () => {
  it('is refused all of it, and what they tried is written down', async () => {
    const number = await author.draft(variant('a'))
    const resource = { type: 'Product' }
    const denied = [
      [DRAFT, { input: { text: base, comment: 'x' } }],
      [ACTIVATE, { input: { number } }],
      [ROLLBACK, { input: { number: 0, comment: 'x' } }],
      [LIST, {}],
      [SOURCES, {}],
      [SIMULATE, { number }],
      [EXPLAIN, { userId: administrator.userId, action: 'app:product:view', resource }],
    ] as const
    for (const [operation, variables] of denied) {
      const refused = await fixture.send(operation, variables, member)
      expect([operation, refused.errors[0]?.extensions.code]).toEqual([operation, 'FORBIDDEN'])
    }
    for (const [operation, variables] of [...denied, [CHECK, { action: 'app:product:view', resource }] as const]) {
      const refused = await fixture.send(operation, variables)
      expect([operation, refused.errors[0]?.extensions.code]).toEqual([operation, 'UNAUTHENTICATED'])
    }
    expect(await author.states()).toEqual([[number, 'DRAFT']])
    const denials = (await auditedIn(fixture.database)).filter(({ outcome }) => outcome === 'denied')
    expect(denials.map(({ action }) => action)).toEqual([
      'security:policy:save',
      'security:policy:activate',
      'security:policy:activate',
    ])
    expect(dataOf(await fixture.send<{ policySources: unknown }>(SOURCES, {}, administrator)).policySources).toEqual(
      await readPolicies(),
    )
  })
})
