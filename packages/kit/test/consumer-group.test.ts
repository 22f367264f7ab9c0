import { randomUUID } from 'node:crypto'
import { eventually } from '@neotool/testkit/eventually'
import { type KafkaServer, startBroker } from '@neotool/testkit/kafka'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEvents } from './events-fixture.ts'

const steps = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const EACH = 60

// Other tests publish some events twice, which a new group reads too.
let broker: KafkaServer
beforeAll(async () => {
  broker = await startBroker()
})
afterAll(() => broker.stop())

describe('a group of consumers', () => {
  it('keeps order and misses nothing while members come and go under load', async () => {
    await using events = await startEvents(broker.bootstrapServers)
    events.relay()
    const first = events.consumer()
    const subjects = Array.from({ length: 12 }, () => randomUUID())
    const countEffects = async () => (await Promise.all(subjects.map(events.effects))).flat().length
    const load = Promise.all(
      subjects.map(async (subject) => {
        for (const step of steps(EACH)) await events.emit(subject, step)
      }),
    )
    await eventually('the first effects', countEffects, (count) => count > 0)
    const second = events.consumer()
    await eventually('half of the effects', countEffects, (count) => count > (subjects.length * EACH) / 2)
    await first.stop()
    events.consumer()
    await load
    await eventually('all effects', countEffects, (count) => count >= subjects.length * EACH)
    for (const subject of subjects) expect(await events.effects(subject)).toEqual(steps(EACH))
    await second.stop()
  })

  it('has committed all that had its effect when a member ends in the middle of its work', async () => {
    await using events = await startEvents(broker.bootstrapServers)
    events.relay()
    const first = events.consumer()
    const subjects = Array.from({ length: 12 }, () => randomUUID())
    const countEffects = async () => (await Promise.all(subjects.map(events.effects))).flat().length
    const load = Promise.all(
      subjects.map(async (subject) => {
        for (const step of steps(EACH)) await events.emit(subject, step)
      }),
    )
    await eventually('some effects', countEffects, (count) => count > 100)
    await first.stop()
    const second = events.consumer()
    await load
    await eventually('all effects', countEffects, (count) => count === subjects.length * EACH)
    expect(await first.count('done')).toBeGreaterThan(100)
    expect(await second.count('done')).toBeGreaterThan(100)
    expect(await second.count('known')).toBe(0)
  })
})
