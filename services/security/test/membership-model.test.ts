import type { Caller } from '@neotool/kit/caller'
import { callerOf, userActor } from '@neotool/testkit/actors'
import { dataOf } from '@neotool/testkit/graphql-client'
import fc from 'fast-check'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GroupId } from '../src/groups.ts'
import type { RoleId } from '../src/roles.ts'
import { type Administration, administration } from './administration-fixture.ts'
import { PASSWORD, type Person, type SecurityFixture, SIGN_IN, startSecurity } from './security-fixture.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

let fixture: SecurityFixture
let admin: Administration
beforeAll(async () => {
  fixture = await startSecurity()
  admin = administration(fixture)
})
afterAll(() => fixture[Symbol.asyncDispose]())

/** Each group gives one permission, so that what somebody holds tells which groups they are in. */
const GROUPS = ['app:customer:delete', 'assets:asset:save', 'assets:asset:delete'] as const

type Step =
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'assign'; readonly group: number; readonly lastsMs: number | undefined }
  | { readonly kind: 'remove'; readonly group: number }
  | { readonly kind: 'strip'; readonly group: number }
  | { readonly kind: 'give'; readonly group: number }
  | { readonly kind: 'disable' }
  | { readonly kind: 'enable' }

const group = fc.nat({ max: GROUPS.length - 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(SECOND, MINUTE - 1, MINUTE, 2 * MINUTE),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('assign' as const),
      group,
      lastsMs: fc.constantFrom(undefined, SECOND, MINUTE, 2 * MINUTE, 60 * MINUTE),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('remove' as const, 'strip' as const, 'give' as const), group }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('disable' as const, 'enable' as const) }) },
)

/** Who holds what at which moment, in a few lines: the rules without database and tokens. */
const model = () => {
  const ends = new Map<number, number>()
  const stripped = new Set<number>()
  let [now, isDisabled] = [0, false]
  return {
    take: (current: Step): void => {
      if (current.kind === 'wait') now += current.ms
      else if (current.kind === 'assign') ends.set(current.group, now + (current.lastsMs ?? Number.POSITIVE_INFINITY))
      else if (current.kind === 'remove') ends.delete(current.group)
      else if (current.kind === 'strip') stripped.add(current.group)
      else if (current.kind === 'give') stripped.delete(current.group)
      else isDisabled = current.kind === 'disable'
    },
    isDisabled: () => isDisabled,
    holds: () => GROUPS.filter((_permission, index) => (ends.get(index) ?? 0) > now && !stripped.has(index)),
    /** When the first of the present memberships ends, from now. */
    firstEndMs: () => Math.min(...[...ends.values()].filter((end) => end > now).map((end) => end - now)),
  }
}

describe('who holds what', () => {
  it('is as the memberships, roles and permissions of that moment say, in whatever order they change', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const expected = model()
        const administrator = await admin.administrator()
        const person = await fixture.newPerson()
        const groups = await Promise.all(GROUPS.map((permission) => admin.groupWith(permission)))
        for (const current of steps) {
          await take(current, groups, person, freshly(administrator))
          expected.take(current)
          const { data, errors } = await signIn(person)
          if (expected.isDisabled()) {
            expect(errors[0]?.extensions.reason).toBe('ACCOUNT_DISABLED')
            continue
          }
          const { accessToken } = dataOf({ data, errors, status: 200 }).signIn.session
          const { permissions, exp = 0, iat = 0 } = decodeJwt<{ permissions: string[] }>(accessToken)
          expect(GROUPS.filter((permission) => permissions.includes(permission))).toEqual(expected.holds())
          const lifeMs = exp * SECOND - fixture.now().getTime()
          expect(lifeMs).toBeLessThanOrEqual(Math.min(expected.firstEndMs(), 15 * MINUTE))
          expect(iat).toBeLessThanOrEqual(exp)
        }
      }),
      { numRuns: 25 },
    )
  })
})

const take = async (
  current: Step,
  groups: readonly { readonly groupId: GroupId; readonly roleId: RoleId }[],
  { userId }: Person,
  caller: Caller,
): Promise<void> => {
  const { useCases } = fixture
  if (current.kind === 'wait') return fixture.advance(current.ms)
  if (current.kind === 'disable') return void (await useCases.disableUser(caller, { id: userId }))
  if (current.kind === 'enable') return void (await useCases.enableUser(caller, { id: userId }))
  const [given, permission] = [groups[current.group], GROUPS[current.group]]
  if (given === undefined || permission === undefined) throw new Error(`there is no group ${current.group}`)
  const { groupId, roleId } = given
  if (current.kind === 'remove') await useCases.removeGroupFromUser(caller, { groupId, userId })
  else if (current.kind === 'strip') await useCases.removePermissionFromRole(caller, { roleId, permission })
  else if (current.kind === 'give') await useCases.assignPermissionToRole(caller, { roleId, permission })
  else {
    const endsAt = current.lastsMs === undefined ? null : new Date(fixture.now().getTime() + current.lastsMs)
    // The scalar makes a Date of the text.
    await useCases.assignGroupToUser(caller, { groupId, userId, endsAt: endsAt as unknown as string })
  }
}

const signIn = ({ email }: Person) =>
  fixture.send<{ signIn: { session: { accessToken: string } } }>(SIGN_IN, { input: { email, password: PASSWORD } })

/**
 * The administrator with a proof of identity of just now, past the check of their token: that goes by the clock of the machine,
 * which stands before the one that the test moves.
 */
const freshly = ({ userId, token }: Person): Caller => {
  const { sid, permissions } = decodeJwt<{ sid: string; permissions: string[] }>(token)
  return callerOf(userActor({ id: userId, sessionId: sid, permissions, authenticatedAt: fixture.now() }))
}
