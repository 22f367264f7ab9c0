import { randomUUID } from 'node:crypto'
import type { Audited } from '@neotool/contracts/events/audit'
import { readPolicies } from '@neotool/contracts/policies'
import { inTransaction } from '@neotool/kit/postgres'
import { auditedIn } from '@neotool/testkit/audit'
import { dataOf } from '@neotool/testkit/graphql-client'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ADMINISTRATORS } from '../src/groups.ts'
import { userId } from '../src/user.ts'
import { type Person, REFRESH, type SecurityFixture, startSecurity } from './security-fixture.ts'

let fixture: SecurityFixture
let member: Person
let administrator: Person
const base = (await readPolicies()).policies
beforeAll(async () => {
  fixture = await startSecurity()
  member = await fixture.newPerson()
  administrator = await newAdministrator()
})
afterAll(() => fixture[Symbol.asyncDispose]())
beforeEach(async () => {
  await sql`truncate policy_versions, outbox`.execute(fixture.database)
})

const newAdministrator = async ({ signedInMinutesAgo = 0 } = {}): Promise<Person> => {
  const person = await fixture.newPerson()
  await fixture.database
    .updateTable('sessions')
    .set({ authenticated_at: new Date(fixture.now().getTime() - signedInMinutesAgo * 60_000) })
    .where('user_id', '=', userId.parse(person.userId))
    .execute()
  const row = { group_id: ADMINISTRATORS, user_id: userId.parse(person.userId) }
  await fixture.database.insertInto('group_members').values(row).execute()
  const answer = await fixture.send<{ refreshAccessToken: { session: { accessToken: string } } }>(REFRESH, {
    token: person.refreshToken,
  })
  return { ...person, token: dataOf(answer).refreshAccessToken.session.accessToken }
}

type Version = { number: number; state: string; text: string; restores: number | null; author: { id: string } | null }
const VERSION = 'policy { number state text restores comment author { id } activatedBy { id } }'
const DRAFT = `mutation ($input: DraftPolicyInput!) { draftPolicy(input: $input) { ${VERSION} } }`
const ACTIVATE = `mutation ($input: ActivatePolicyInput!) { activatePolicy(input: $input) { ${VERSION} } }`
const ROLLBACK = `mutation ($input: RollbackPolicyInput!) { rollbackPolicy(input: $input) { ${VERSION} } }`
const LIST = `query ($state: PolicyState) { policies(state: $state) { edges { node { number state } } } }`

const sendDraft = (text: string, actor: { token: string } | undefined = administrator) =>
  fixture.send<{ draftPolicy: { policy: Version } }>(DRAFT, { input: { text, comment: 'Because' } }, actor)
const draft = async (text: string): Promise<number> => dataOf(await sendDraft(text)).draftPolicy.policy.number
const sendActivate = (number: number, actor: { token: string } | undefined = administrator, through = fixture.send) =>
  through<{ activatePolicy: { policy: Version } }>(ACTIVATE, { input: { number } }, actor)
const activate = async (number: number) => dataOf(await sendActivate(number)).activatePolicy.policy
const sendRollback = (number: number, actor: { token: string } | undefined = administrator) =>
  fixture.send<{ rollbackPolicy: { policy: Version } }>(ROLLBACK, { input: { number, comment: 'Back' } }, actor)
const states = async (state?: string) => {
  const answer = await fixture.send<{ policies: { edges: { node: Version }[] } }>(LIST, { state }, administrator)
  return dataOf(answer).policies.edges.map(({ node }) => [node.number, node.state])
}
const reasonOf = ({ errors }: { errors: readonly { extensions: { reason: string } }[] }) => errors[0]?.extensions.reason

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
const variant = (name: string): string =>
  `${base}\n@id("${name}") forbid (principal, action == Action::"app:product:delete", resource);`

describe('draftPolicy', () => {
  it('keeps a draft that decides nothing, and says who wrote it', async () => {
    const answer = await sendDraft(variant('a'))
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
    const { errors } = await sendDraft(
      `@id("a") permit (principal, action == Action::"burn", resource);
       @id("b") permit (principal, action, resource is Nothing);`,
    )
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'POLICIES_BROKEN' })
    const messages = errors[0]?.extensions.fields?.map(({ path, message }) => `${path} ${message}`)
    expect(messages).toEqual(
      expect.arrayContaining([expect.stringMatching(/^text .*burn/), expect.stringMatching(/^text .*Nothing/)]),
    )
    for (const text of ['permit (everything);', 'permit (principal, action, resource);', ' ', 'x'.repeat(200_001)]) {
      expect((await sendDraft(text)).errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    }
    expect(await states()).toEqual([])
  })
})

describe('activatePolicy', () => {
  it('sends a draft to every process and supersedes the one before, in whatever order they were drafted', async () => {
    const [first, second] = [await draft(variant('a')), await draft(variant('b'))]
    expect(await activate(second)).toMatchObject({ state: 'ACTIVE', activatedBy: { id: administrator.userId } })
    await activate(first)
    expect(await states()).toEqual([
      [second, 'SUPERSEDED'],
      [first, 'ACTIVE'],
    ])
    expect(await states('ACTIVE')).toEqual([[first, 'ACTIVE']])
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
    const number = await draft(variant('a'))
    await activate(number)
    expect(reasonOf(await sendActivate(number))).toBe('POLICY_NOT_DRAFT')
    expect(reasonOf(await sendActivate(99))).toBe('POLICY_NOT_FOUND')
    expect(await bundles()).toHaveLength(1)
  })

  it('gives one order to two at once', async () => {
    const numbers = [await draft(variant('a')), await draft(variant('b')), await draft(variant('c'))]
    const answers = await Promise.all(
      [...numbers, ...numbers].map((number, index) =>
        sendActivate(number, administrator, index % 2 === 0 ? fixture.send : fixture.replica),
      ),
    )
    expect(answers.map(reasonOf).filter((reason) => reason === 'POLICY_NOT_DRAFT')).toHaveLength(3)
    const [[active] = []] = await states('ACTIVE')
    const sent = await bundles()
    expect(sent.map(({ version }) => version)).toEqual([1, 2, 3])
    expect(sent.at(-1)?.policies).toBe(variant(['a', 'b', 'c'][numbers.indexOf(Number(active))] ?? ''))
  })

  it('asks for a fresh proof of who it is', async () => {
    const number = await draft(variant('a'))
    const stale = await newAdministrator({ signedInMinutesAgo: 6 })
    expect(reasonOf(await sendActivate(number, stale))).toBe('STEP_UP_REQUIRED')
    expect(reasonOf(await sendRollback(0, stale))).toBe('STEP_UP_REQUIRED')
    expect(await bundles()).toEqual([])
  })

  it.each([
    ['nothing is permitted', '@id("a") permit (principal, action == Action::"app:product:view", resource);'],
    ['it is forbidden', `${base} @id("a") forbid (principal, action == Action::"security:policy:activate", resource);`],
    ['a stranger alone may', `@id("a") permit (principal == User::"${randomUUID()}", action, resource);`],
  ])('refuses policies by which nobody could activate others: %s', async (_what, text) => {
    const number = await draft(text)
    expect(reasonOf(await sendActivate(number))).toBe('POLICY_LOCKS_OUT')
    expect(await states()).toEqual([[number, 'DRAFT']])
    expect(await bundles()).toEqual([])
  })

  it('does not count on who is disabled, or has left', async () => {
    const only = await newAdministrator()
    const number = await draft(`@id("a") permit (principal == User::"${only.userId}", action, resource);`)
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
    await activate(await draft(variant('a')))
    const broken = await draft(variant('b'))
    await fixture.database
      .updateTable('policy_versions')
      .set({ text: '@id("a") permit (principal, action == Action::"of:the:past", resource);' })
      .where('number', '=', broken)
      .execute()
    expect(reasonOf(await sendActivate(broken))).toBe('POLICIES_BROKEN')
    expect(await states()).toEqual([
      [broken, 'DRAFT'],
      [1, 'ACTIVE'],
    ])
    expect(await bundles()).toHaveLength(1)
  })
})

describe('rollbackPolicy', () => {
  it('makes an earlier version, or the built-in policies, active again as a new one', async () => {
    const [first, second] = [await draft(variant('a')), await draft(variant('b'))]
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
    const number = await draft(variant('a'))
    expect(reasonOf(await sendRollback(number))).toBe('POLICY_NOT_SUPERSEDED')
    await activate(number)
    expect(reasonOf(await sendRollback(number))).toBe('POLICY_NOT_SUPERSEDED')
    expect(reasonOf(await sendRollback(99))).toBe('POLICY_NOT_FOUND')
    expect(await states()).toEqual([[number, 'ACTIVE']])
  })
})

describe('the start of the service', () => {
  it('publishes the active version once more, and none where none is', async () => {
    await fixture.useCases.publishActivePolicy()
    expect(await bundles()).toEqual([])
    await activate(await draft(variant('a')))
    await fixture.useCases.publishActivePolicy()
    expect(await bundles()).toEqual([1, 1].map((version) => ({ version, policies: variant('a') })))
  })
})

const SIMULATE = `query ($number: Int!, $days: Int) { simulatePolicy(number: $number, days: $days) {
  decisionCount newlyAllowedCount newlyDeniedCount isComplete
  differences { event { action actor { id } } isAllowed policyIds }
} }`
const EXPLAIN = `query ($userId: ID!, $action: String!, $resource: PolicyResourceInput!) {
  explain(userId: $userId, action: $action, resource: $resource) {
    isAllowed policies { id text } missing { permission grants { roleName groupName } }
  }
}`
const CHECK = `query ($action: String!, $resource: PolicyResourceInput!) {
  checkPermission(action: $action, resource: $resource) { isAllowed }
}`
const SOURCES = '{ policySources { schema policies } }'

describe('simulatePolicy', () => {
  const record = (data: Partial<Audited>, daysAgo = 1) =>
    inTransaction(fixture.database, (tx) =>
      fixture.useCases.appendAuditEvent(tx, {
        id: randomUUID(),
        source: '/neotool/app',
        time: new Date(fixture.now().getTime() - daysAgo * 86_400_000).toISOString(),
        traceId: '0'.repeat(31),
        data: {
          actor: { kind: 'user', id: member.userId, permissions: ['app:product:view', 'app:product:delete'] },
          action: 'app:product:delete',
          resource: { type: 'Product', id: randomUUID() },
          outcome: 'allowed',
          policyIds: ['product-delete'],
          ...data,
        },
      }),
    )

  it('tells what would have been decided otherwise in the last days', async () => {
    await record({})
    await record({}, 3)
    await record({ action: 'app:product:view', policyIds: ['product-view'] })
    await record({ action: 'app:customer:delete', resource: { type: 'Customer' }, outcome: 'denied', policyIds: [] })
    // No policy decided these.
    await record({ action: 'security:session:start', resource: { type: 'Session' }, policyIds: [] })
    await record({ actor: { kind: 'anonymous' }, outcome: 'failed', policyIds: [], reason: 'CREDENTIALS_WRONG' })
    const number = await draft(
      `${variant('no-deletes')} @id("customers") permit (principal, action == Action::"app:customer:delete", resource);`,
    )
    const simulate = async (version: number, days: number) =>
      dataOf(
        await fixture.send<{ simulatePolicy: Record<string, unknown> }>(
          SIMULATE,
          { number: version, days },
          administrator,
        ),
      ).simulatePolicy
    expect(await simulate(number, 2)).toEqual({
      decisionCount: 3,
      newlyAllowedCount: 1,
      newlyDeniedCount: 1,
      isComplete: true,
      differences: [
        {
          event: { action: 'app:product:delete', actor: { id: member.userId } },
          isAllowed: false,
          policyIds: ['no-deletes'],
        },
        {
          event: { action: 'app:customer:delete', actor: { id: member.userId } },
          isAllowed: true,
          policyIds: ['customers'],
        },
      ],
    })
    expect(await simulate(number, 7)).toMatchObject({ decisionCount: 4, newlyDeniedCount: 2 })
    expect(await simulate(0, 7)).toMatchObject({ decisionCount: 4, newlyAllowedCount: 0, newlyDeniedCount: 0 })
    // Trying changes nothing.
    expect(await states('ACTIVE')).toEqual([])
  })

  it('decides again by the attributes that were recorded', async () => {
    const owner = { __entity: { type: 'User', id: member.userId } }
    const actor = { kind: 'user' as const, id: member.userId, permissions: ['assets:asset:view'] }
    for (const createdBy of [owner, { __entity: { type: 'User', id: randomUUID() } }]) {
      const resource = { type: 'Asset', id: randomUUID(), attributes: { createdBy } }
      const isOwn = createdBy === owner
      await record({
        actor,
        action: 'assets:asset:delete',
        resource,
        outcome: isOwn ? 'allowed' : 'denied',
        policyIds: isOwn ? ['asset-own'] : [],
      })
    }
    const answer = await fixture.send<{ simulatePolicy: unknown }>(SIMULATE, { number: 0 }, administrator)
    expect(dataOf(answer).simulatePolicy).toMatchObject({ decisionCount: 6, differences: [] })
  })

  it.each([
    [{ number: 0, days: 0 }, 'INPUT_INVALID'],
    [{ number: 0, days: 91 }, 'INPUT_INVALID'],
    [{ number: 7 }, 'POLICY_NOT_FOUND'],
  ])('refuses %j', async (args, reason) => {
    expect(reasonOf(await fixture.send(SIMULATE, args, administrator))).toBe(reason)
  })
})

describe('explain', () => {
  const explain = async (asked: Record<string, unknown>) =>
    dataOf(
      await fixture.send<{ explain: { isAllowed: boolean; policies: { id: string }[]; missing: unknown[] } }>(
        EXPLAIN,
        { userId: member.userId, ...asked },
        administrator,
      ),
    ).explain

  it('names the policies that allow', async () => {
    const answer = await explain({ action: 'app:product:view', resource: { type: 'Product' } })
    expect(answer).toEqual({
      isAllowed: true,
      policies: [{ id: 'product-view', text: expect.stringContaining('app:product:view') }],
      missing: [],
    })
    const createdBy = { __entity: { type: 'User', id: member.userId } }
    const own = { type: 'Asset', id: randomUUID(), attributes: JSON.stringify({ createdBy }) }
    expect(await explain({ action: 'assets:asset:delete', resource: own })).toMatchObject({
      isAllowed: true,
      policies: [{ id: 'asset-own' }],
    })
  })

  it('names what is missing, and who would give it', async () => {
    expect(await explain({ action: 'app:customer:delete', resource: { type: 'Customer', id: 'c' } })).toEqual({
      isAllowed: false,
      policies: [],
      missing: [
        {
          permission: 'app:customer:delete',
          grants: [{ roleName: 'Administrator', groupName: 'Administrators' }],
        },
      ],
    })
    await sql`insert into roles (name) values ('Unused')`.execute(fixture.database)
    await sql`insert into role_permissions (role_id, permission)
      select id, 'app:customer:delete' from roles where name = 'Unused'`.execute(fixture.database)
    expect((await explain({ action: 'app:customer:delete', resource: { type: 'Customer' } })).missing).toMatchObject([
      { grants: [{ groupName: 'Administrators' }, { roleName: 'Unused', groupName: null }] },
    ])
    expect(await explain({ action: 'no:such:thing', resource: { type: 'Customer' } })).toEqual({
      isAllowed: false,
      policies: [],
      missing: [],
    })
  })

  it('refuses a user who is not there, and attributes that are no JSON', async () => {
    const asked = { action: 'app:product:view', resource: { type: 'Product' } }
    const send = (change: Record<string, unknown>) =>
      fixture.send(EXPLAIN, { userId: member.userId, ...asked, ...change }, administrator)
    expect(reasonOf(await send({ userId: randomUUID() }))).toBe('USER_NOT_FOUND')
    expect(reasonOf(await send({ userId: 'me' }))).toBe('INPUT_INVALID')
    for (const attributes of ['x', '[]', '1']) {
      expect(reasonOf(await send({ resource: { type: 'Product', attributes } }))).toBe('INPUT_INVALID')
    }
  })
})

describe('checkPermission', () => {
  it('tells callers what they themselves may do', async () => {
    const check = async (action: string, actor: { token: string }) => {
      const asked = { action, resource: { type: 'Customer' } }
      return dataOf(await fixture.send<{ checkPermission: { isAllowed: boolean } }>(CHECK, asked, actor))
        .checkPermission
    }
    expect(await check('app:customer:view', member)).toEqual({ isAllowed: true })
    expect(await check('app:customer:delete', member)).toEqual({ isAllowed: false })
    expect(await check('app:customer:delete', administrator)).toEqual({ isAllowed: true })
    expect(await check('no:such:thing', administrator)).toEqual({ isAllowed: false })
  })
})

describe('whoever may not', () => {
  it('is refused all of it, and what they tried is written down', async () => {
    const number = await draft(variant('a'))
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
    expect(await states()).toEqual([[number, 'DRAFT']])
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
