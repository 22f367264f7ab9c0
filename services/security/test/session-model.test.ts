import { dataOf } from '@neotool/testkit/graphql-client'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REFRESH, type SecurityFixture, SIGN_OUT, startSecurity } from './security-fixture.ts'

const SECOND = 1_000
const DAY = 86_400 * SECOND

let fixture: SecurityFixture
beforeAll(async () => {
  fixture = await startSecurity()
})
afterAll(() => fixture[Symbol.asyncDispose]())

type Step =
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'refresh'; readonly age: number; readonly times: number }
  | { readonly kind: 'sign out'; readonly age: number }

// On the edges and beside them.
const waits = fc.constantFrom(SECOND, 5 * SECOND, 10 * SECOND, 10 * SECOND + 1, DAY / 2, DAY - 1, DAY)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: waits }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('refresh' as const),
      // Of the tokens so far, mostly the newest.
      age: fc.constantFrom(0, 0, 0, 1, 2),
      times: fc.constantFrom(1, 1, 3),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('sign out' as const), age: fc.constantFrom(0, 1) }) },
)

/** What a session is to its owner, in a few lines: the rules without database, hashes and locks. */
const model = () => {
  const tokens: { issuedAt: number; usedAt?: number }[] = [{ issuedAt: 0 }]
  let now = 0
  let isOver = false
  const at = (age: number): number => Math.max(0, tokens.length - 1 - age)
  return {
    at,
    wait: (ms: number): void => {
      now += ms
    },
    signOut: (): void => {
      isOver = true
    },
    /** The index of the token that the use of token `index` gives, or undefined where it is refused. */
    refresh: (index: number): number | undefined => {
      const token = tokens[index]
      if (token === undefined || isOver || now >= 30 * DAY) return undefined
      if (token.usedAt === undefined) {
        if (now >= token.issuedAt + DAY) return undefined
        token.usedAt = now
        tokens.push({ issuedAt: now })
      } else if (now > token.usedAt + 10 * SECOND) {
        isOver = true
        return undefined
      }
      return index + 1
    },
  }
}

describe('a session', () => {
  it('behaves as its rules say in whatever order things happen', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const expected = model()
        const tokens = [(await fixture.newPerson()).refreshToken]
        for (const current of steps) {
          if (current.kind === 'wait') {
            fixture.advance(current.ms)
            expected.wait(current.ms)
            continue
          }
          const index = expected.at(current.age)
          const token = tokens[index]
          if (current.kind === 'sign out') {
            dataOf(await fixture.send(SIGN_OUT, { token }))
            expected.signOut()
            continue
          }
          const through = (time: number) => (time % 2 ? fixture.send : fixture.replica)
          const answers = await Promise.all(
            Array.from({ length: current.times }, (_, time) => through(time)<Refreshed>(REFRESH, { token })),
          )
          const next = expected.refresh(index)
          for (const { data, errors } of answers) {
            const given = data?.refreshAccessToken.session.refreshToken
            if (next === undefined) expect(errors[0]?.extensions.reason).toBe('SESSION_ENDED')
            else {
              tokens[next] ??= given ?? 'none'
              expect(given).toBe(tokens[next])
            }
          }
        }
      }),
      { numRuns: 40 },
    )
  })
})

type Refreshed = { refreshAccessToken: { session: { refreshToken: string } } }
