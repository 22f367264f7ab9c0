import { describe, expect, it } from 'vitest'
import { createWorkLimit } from './work-limit.ts'

const gate = () => Promise.withResolvers<void>()

describe('createWorkLimit', () => {
  it('runs so many at a time, the others in their order', async () => {
    const limit = createWorkLimit({ concurrency: 2, maxWaiting: 10 })
    const gates = [gate(), gate(), gate(), gate()]
    const started: number[] = []
    const done = gates.map(({ promise }, index) =>
      limit.run(async () => {
        started.push(index)
        await promise
        return index
      }),
    )
    await Promise.resolve()
    expect(started).toEqual([0, 1])
    expect(limit.waiting()).toBe(2)
    gates[1]?.resolve()
    await done[1]
    await Promise.resolve()
    expect(started).toEqual([0, 1, 2])
    for (const { resolve } of gates) resolve()
    expect(await Promise.all(done)).toEqual([0, 1, 2, 3])
    expect(limit.waiting()).toBe(0)
  })

  it('refuses at once whoever would wait behind too many, and takes others later', async () => {
    const limit = createWorkLimit({ concurrency: 1, maxWaiting: 1 })
    const { promise, resolve } = gate()
    const running = limit.run(() => promise)
    const waiting = limit.run(async () => 'waited')
    await expect(limit.run(async () => 'never')).rejects.toMatchObject({ kind: 'unavailable', reason: 'TOO_BUSY' })
    resolve()
    await running
    expect(await waiting).toBe('waited')
    expect(await limit.run(async () => 'later')).toBe('later')
  })

  it('gives the turn on after a task that failed', async () => {
    const limit = createWorkLimit({ concurrency: 1, maxWaiting: 1 })
    const failing = limit.run(() => Promise.reject(new Error('no')))
    const next = limit.run(async () => 'next')
    await expect(failing).rejects.toThrow('no')
    expect(await next).toBe('next')
  })
})
