import { expect, test } from 'vitest'
import { inStartOrder, inStopOrder, partState, partsOf, startAction } from './plan.ts'

type Part = { name: string; dependsOn: Part[] }
const part = (name: string, ...dependsOn: Part[]): Part => ({ name, dependsOn })
const names = (parts: Part[]) => parts.map(({ name }) => name)

const database = part('database')
const pool = part('pool', database)
const first = part('first', database, pool)
const second = part('second', pool)
const web = part('web', first, second)

test('what a part depends on starts before it, each once', () => {
  expect(names(inStartOrder([web, second]))).toEqual(['database', 'pool', 'first', 'second', 'web'])
})

test('what depends on a part stops before it; parts that need not wait for each other stop together', () => {
  expect(inStopOrder([database, pool, first, second, web]).map(names)).toEqual([
    ['web'],
    ['first', 'second'],
    ['pool'],
    ['database'],
  ])
})

test('two parts of one name are refused', () => {
  expect(() => inStartOrder([part('web'), part('web')])).toThrow('Two components are called web')
})

test.each([
  ['never started', undefined, 'start'],
  ['ended', { fingerprint: 'a', isRunning: false, isReady: false }, 'start'],
  ['healthy', { fingerprint: 'a', isRunning: true, isReady: true }, 'keep'],
  ['of other code', { fingerprint: 'b', isRunning: true, isReady: true }, 'restart'],
  ['not answering', { fingerprint: 'a', isRunning: true, isReady: false }, 'restart'],
] as const)('a part that is %s', (_, actual, action) => {
  expect(startAction({ fingerprint: 'a' }, actual)).toBe(action)
})

test.each([
  ['was never started', undefined, 'stopped'],
  ['ended though nobody stopped it', { isRunning: false, isReady: false, startedAt: 0 }, 'failed'],
  ['answers', { isRunning: true, isReady: true, startedAt: 0 }, 'ready'],
  ['was started just now', { isRunning: true, isReady: false, startedAt: 9_500 }, 'starting'],
  ['does not answer long after it was started', { isRunning: true, isReady: false, startedAt: 0 }, 'failed'],
] as const)('the state of a part that %s', (_, actual, state) => {
  expect(partState(actual, { readyWithinMs: 1_000, now: 10_000 })).toBe(state)
})

test('parts of a full platform are left out of any other', () => {
  const parts = [{ name: 'security' }, { name: 'vault', isFullOnly: true }]
  expect(partsOf(parts, { isFull: true })).toEqual(parts)
  expect(partsOf(parts, { isFull: false })).toEqual([{ name: 'security' }])
})
