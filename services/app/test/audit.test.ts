import { auditedIn } from '@neotool/testkit/audit'
import { dataOf } from '@neotool/testkit/graphql-client'
import type { TestActor } from '@neotool/testkit/issuer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppFixture, aCustomer, aProduct, startApp } from './app-fixture.ts'

let fixture: AppFixture
let owner: TestActor
beforeAll(async () => {
  fixture = await startApp()
  const all = ['product', 'customer'].flatMap((thing) =>
    ['view', 'save', 'delete'].map((verb) => `app:${thing}:${verb}`),
  )
  owner = await fixture.issuer.actorWith(...all)
})
afterAll(() => fixture[Symbol.asyncDispose]())

const things = [
  ['Product', aProduct],
  ['Customer', aCustomer],
] as const

/** What was written for the audit log while something was done. */
const during = async (what: () => Promise<unknown>) => {
  const before = (await auditedIn(fixture.database)).length
  await what()
  return (await auditedIn(fixture.database)).slice(before)
}

describe.each(things)('each change of a %s', (type, anInput) => {
  const name = type.toLowerCase()
  const CREATE = `mutation ($input: Create${type}Input!) { create${type}(input: $input) { ${name} { id version } } }`
  const UPDATE = `mutation ($input: Update${type}Input!) { update${type}(input: $input) { ${name} { id version } } }`
  const DELETE = `mutation ($input: Delete${type}Input!) { delete${type}(input: $input) { deleted${type}Id } }`
  const create = async () =>
    Object.values(
      Object.values(
        dataOf(
          await fixture.send<Record<string, Record<string, { id: string; version: number }>>>(
            CREATE,
            { input: anInput() },
            owner,
          ),
        ),
      )[0] ?? {},
    )[0] ?? { id: '', version: 0 }

  it('leaves one row, with what allowed it', async () => {
    expect(await during(create)).toMatchObject([{ action: `app:${name}:save`, outcome: 'allowed', resource: { type } }])
    const { id, version } = await create()
    const changed = await during(async () =>
      dataOf(await fixture.send(UPDATE, { input: { id, version, name: 'X' } }, owner)),
    )
    const removed = await during(async () =>
      dataOf(await fixture.send(DELETE, { input: { id, version: version + 1 } }, owner)),
    )
    for (const [rows, verb] of [
      [changed, 'save'],
      [removed, 'delete'],
    ] as const) {
      expect(rows).toMatchObject([
        {
          actor: { kind: 'user', id: owner.userId },
          action: `app:${name}:${verb}`,
          resource: { type, id },
          outcome: 'allowed',
          policyIds: [`${name}-${verb}`],
        },
      ])
    }
    expect(JSON.stringify([changed, removed])).not.toMatch(/@|Ann Lee/)
  })

  it('that is denied leaves one row too, and one that fails leaves none', async () => {
    const stranger = await fixture.issuer.actorWith('app:product:view', 'app:customer:view')
    const { id, version } = await create()
    const tried: [string, Record<string, unknown>, string][] = [
      [CREATE, anInput(), 'save'],
      [UPDATE, { id, version, name: 'X' }, 'save'],
      [DELETE, { id, version }, 'delete'],
    ]
    for (const [operation, input, verb] of tried) {
      expect(await during(() => fixture.send(operation, { input }, stranger))).toMatchObject([
        { actor: { id: stranger.userId }, action: `app:${name}:${verb}`, outcome: 'denied', policyIds: [] },
      ])
    }
    const stale = { id, version: version + 5 }
    expect(await during(() => fixture.send(UPDATE, { input: { ...stale, name: 'Y' } }, owner))).toEqual([])
    expect(await during(() => fixture.send(DELETE, { input: stale }, owner))).toEqual([])
  })
})
