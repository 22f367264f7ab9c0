import { expect, test } from 'vitest'
import { createSessionRefresher, type Refresh } from './session-refresher.ts'

const caller = { traceId: 't', client: {} }

const renewed = (refreshToken: string): Refresh => ({
  status: 'renewed',
  tokens: {
    accessToken: `access of ${refreshToken}`,
    accessTokenExpiresAt: '',
    refreshToken,
    refreshTokenExpiresAt: '',
  },
})

/** A refresher whose server answers when it is told to, and whose clock moves when it is told to. */
const setUp = () => {
  const calls: { token: string; answer: (refresh: Refresh) => void; fail: (error: Error) => void }[] = []
  const timers: (() => void)[] = []
  const refresher = createSessionRefresher({
    request: (token) => new Promise((answer, fail) => calls.push({ token, answer, fail })),
    keepMs: 10_000,
    after: (_, run) => timers.push(run),
  })
  const passTime = () => {
    for (const run of timers.splice(0)) run()
  }
  return { refresher, calls, passTime }
}

test('parallel requests with one token share one call', async () => {
  const { refresher, calls } = setUp()
  const outcomes = [1, 2, 3].map(() => refresher.refresh('r1', caller))
  expect(calls.map(({ token }) => token)).toEqual(['r1'])
  calls[0]?.answer(renewed('r2'))
  expect(await Promise.all(outcomes)).toEqual([renewed('r2'), renewed('r2'), renewed('r2')])
})

test('a late request with the old token gets the same pair, until the time is over', async () => {
  const { refresher, calls, passTime } = setUp()
  const first = refresher.refresh('r1', caller)
  calls[0]?.answer(renewed('r2'))
  await first
  expect(await refresher.refresh('r1', caller)).toEqual(renewed('r2'))
  expect(calls).toHaveLength(1)
  passTime()
  void refresher.refresh('r1', caller)
  expect(calls).toHaveLength(2)
})

test('different tokens are different calls', () => {
  const { refresher, calls } = setUp()
  void refresher.refresh('r1', caller)
  void refresher.refresh('other', caller)
  expect(calls.map(({ token }) => token)).toEqual(['r1', 'other'])
})

test('an outage is not remembered', async () => {
  const { refresher, calls } = setUp()
  const first = refresher.refresh('r1', caller)
  calls[0]?.answer({ status: 'unavailable' })
  expect(await first).toEqual({ status: 'unavailable' })
  await Promise.resolve()
  void refresher.refresh('r1', caller)
  expect(calls).toHaveLength(2)
})

test('a call that throws is an outage for all who wait, and the next one tries again', async () => {
  const { refresher, calls } = setUp()
  const both = Promise.all([refresher.refresh('r1', caller), refresher.refresh('r1', caller)])
  calls[0]?.fail(new Error('boom'))
  expect(await both).toEqual([{ status: 'unavailable' }, { status: 'unavailable' }])
  await Promise.resolve()
  void refresher.refresh('r1', caller)
  expect(calls).toHaveLength(2)
})

test('after signing out neither the token nor the one before it brings the session back', async () => {
  const { refresher, calls } = setUp()
  const first = refresher.refresh('r1', caller)
  calls[0]?.answer(renewed('r2'))
  await first
  refresher.end('r2')
  expect(await refresher.refresh('r1', caller)).toEqual({ status: 'refused' })
  expect(await refresher.refresh('r2', caller)).toEqual({ status: 'refused' })
  expect(calls).toHaveLength(1)
})
