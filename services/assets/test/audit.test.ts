import { auditedIn } from '@neotool/testkit/audit'
import { dataOf } from '@neotool/testkit/graphql-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AssetsFixture, CONFIRM, CREATE, DELETE, inputFor, startAssets } from './assets-fixture.ts'
import { aPicture } from './pictures.ts'

let fixture: AssetsFixture
beforeAll(async () => {
  fixture = await startAssets()
})
afterAll(() => fixture[Symbol.asyncDispose]())

it('each change of an asset leaves one row, with what allowed it', async () => {
  const { id } = await fixture.add()
  dataOf(await fixture.send(DELETE, { input: { id } }, fixture.member))
  const rows = await auditedIn(fixture.database)
  expect(rows.map(({ action, outcome, policyIds }) => [action, outcome, policyIds])).toEqual([
    ['assets:asset:save', 'allowed', ['asset-own']],
    ['assets:asset:save', 'allowed', ['asset-own']],
    ['assets:asset:delete', 'allowed', ['asset-own']],
  ])
  for (const { actor } of rows) expect(actor).toMatchObject({ kind: 'user', id: fixture.member.userId })
  // By what was recorded of it, other policies can decide it again.
  expect(rows.at(-1)?.resource).toMatchObject({
    id,
    attributes: { createdBy: { __entity: { id: fixture.member.userId } } },
  })
  expect(JSON.stringify(rows)).not.toContain('lamp.png')
})

it('each change that is denied leaves one row too', async () => {
  const { id } = await fixture.add()
  const before = (await auditedIn(fixture.database)).length
  const stranger = await fixture.issuer.actorWith('app:product:view')
  const tried = [
    [CREATE, inputFor(aPicture())],
    [CONFIRM, { id }],
    [DELETE, { id }],
  ] as const
  for (const [operation, input] of tried) await fixture.send(operation, { input }, stranger)
  const rows = (await auditedIn(fixture.database)).slice(before)
  expect(rows.map(({ outcome }) => outcome)).toEqual(['denied', 'denied', 'denied'])
  for (const { actor } of rows) expect(actor).toMatchObject({ id: stranger.userId })
})
