import { randomUUID } from 'node:crypto'
import { productUpdatedV1 } from '@neotool/contracts/events/app-product'
import type { EventType } from '@neotool/contracts/events/event'
import { addEvent, purgeEvents } from '@neotool/kit/events/outbox'
import { inTransaction } from '@neotool/kit/postgres'
import { continueTrace } from '@neotool/kit/telemetry'
import { eventually } from '@neotool/testkit/eventually'
import { sql } from 'kysely'
import { describe, expect, inject, it } from 'vitest'
import { aChange, startEvents } from './events-fixture.ts'

const broker = inject('kafkaBroker')
const steps = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe('an event', () => {
  it('has its effect once, in the trace of the action that caused it', async () => {
    await using events = await startEvents(broker)
    events.relay()
    events.consumer()
    const [subject, trace] = [randomUUID(), continueTrace(undefined)]
    await events.emit(subject, 1, trace)
    await eventually(
      'the effect',
      () => events.effects(subject),
      (found) => found.length === 1,
    )
    // The broker is shared: the group also gets what other tests sent.
    const ours = events.database.selectFrom('effects').select('trace_id').where('key', '=', subject)
    const row = await ours.executeTakeFirstOrThrow()
    expect(row.trace_id).toBe(trace.traceId)
  })

  it('is never published when its transaction is rolled back', async () => {
    await using events = await startEvents(broker)
    events.relay()
    events.consumer()
    const subject = randomUUID()
    const undone = inTransaction(events.database, async (tx) => {
      await addEvent(tx as never, productUpdatedV1, {
        subject,
        data: aChange(subject, 1),
        trace: continueTrace(undefined),
      })
      throw new Error('changed my mind')
    })
    await expect(undone).rejects.toThrow('changed my mind')
    await events.emit(subject, 2)
    await eventually(
      'the later event',
      () => events.effects(subject),
      (found) => found.includes(2),
    )
    expect(await events.effects(subject)).toEqual([2])
  })

  it('that does not fit its schema is refused where it is made', async () => {
    await using events = await startEvents(broker)
    const subject = randomUUID()
    const bad = { ...aChange(subject, 1), priceCents: 1.5 }
    const made = inTransaction(events.database, (tx) =>
      addEvent(tx as never, productUpdatedV1 as EventType, { subject, data: bad, trace: continueTrace(undefined) }),
    )
    await expect(made).rejects.toThrow()
  })

  it('that arrives many times has one effect', async () => {
    await using events = await startEvents(broker)
    const { publisher } = events.relay()
    events.consumer()
    const subject = randomUUID()
    await events.emit(subject, 1)
    await eventually(
      'the effect',
      () => events.effects(subject),
      (found) => found.length === 1,
    )
    const { value } = await events.database
      .selectFrom('outbox')
      .select(sql<string>`value::text`.as('value'))
      .executeTakeFirstOrThrow()
    const copy = { topic: productUpdatedV1.topic, key: subject, value }
    await publisher.publish([copy, copy, copy])
    await events.emit(subject, 2)
    await eventually(
      'what came after the copies',
      () => events.effects(subject),
      (found) => found.includes(2),
    )
    expect(await events.effects(subject)).toEqual([1, 2])
  })

  it('keeps its place among those of its aggregate, also with two relays and two members', async () => {
    await using events = await startEvents(broker)
    events.relay()
    events.relay()
    events.consumer()
    events.consumer()
    const subjects = Array.from({ length: 8 }, () => randomUUID())
    await Promise.all(
      subjects.map(async (subject) => {
        for (const step of steps(25)) await events.emit(subject, step)
      }),
    )
    for (const subject of subjects) {
      await eventually(
        'all effects',
        () => events.effects(subject),
        (found) => found.length >= 25,
      )
      expect(await events.effects(subject)).toEqual(steps(25))
    }
  })
})

describe('an event that fails', () => {
  it('parks its key alone, keeps the order of the key, and goes on when it is mended', async () => {
    await using events = await startEvents(broker)
    const [broken, well] = [randomUUID(), randomUUID()]
    let isMended = false
    let attempts = 0
    events.relay()
    events.consumer(
      (event) => {
        if (event.subject !== broken || event.data.version !== 1) return
        attempts += 1
        if (!isMended) throw new Error('cannot do it yet')
      },
      Array.from({ length: 200 }, () => 50),
    )
    for (const step of steps(3)) await events.emit(broken, step)
    for (const step of steps(3)) await events.emit(well, step)
    await eventually(
      'the other key',
      () => events.effects(well),
      (found) => found.length === 3,
    )
    await eventually(
      'some attempts',
      () => attempts,
      (count) => count >= 3,
    )
    expect(await events.effects(broken)).toEqual([])
    isMended = true
    await eventually(
      'the broken key',
      () => events.effects(broken),
      (found) => found.length === 3,
    )
    expect(await events.effects(broken)).toEqual([1, 2, 3])
  })

  it('to the last goes to the dead letters with its cause, and the key goes on', async () => {
    await using events = await startEvents(broker)
    const subject = randomUUID()
    events.relay()
    events.consumer((event) => {
      if (event.subject === subject && event.data.version === 2)
        throw new Error('poison', { cause: new Error('of this kind') })
    })
    for (const step of steps(3)) await events.emit(subject, step)
    await eventually(
      'the events around it',
      () => events.effects(subject),
      (found) => found.length === 2,
    )
    expect(await events.effects(subject)).toEqual([1, 3])
    const published = () =>
      events.database
        .selectFrom('outbox')
        .select('value')
        .where('topic', '=', 'neotool.app.dead-letters')
        .where('key', '=', subject)
        .where('published_at', 'is not', null)
        .execute()
    const letters = await eventually('the dead letter', published, ({ length }) => length > 0)
    const [letter] = letters.map(({ value }) => value as Record<string, unknown>)
    expect(letter).toMatchObject({
      consumer: events.group,
      cause: 'Error: poison; caused by Error: of this kind',
      attempts: 4,
      event: { subject, data: { version: 2 } },
    })
  })

  it('because it is no event at all goes to the dead letters once', async () => {
    await using events = await startEvents(broker)
    const { publisher } = events.relay()
    events.consumer()
    const subject = randomUUID()
    await publisher.publish([{ topic: productUpdatedV1.topic, key: subject, value: 'no JSON' }])
    await events.emit(subject, 1)
    await eventually(
      'the event after it',
      () => events.effects(subject),
      (found) => found.length === 1,
    )
    const dead = await events.database.selectFrom('inbox').selectAll().where('state', '=', 'dead').execute()
    expect(dead.map(({ key }) => key)).toContain(subject)
  })
})

describe('what is old', () => {
  it('is purged: published rows after 7 days, handled ones after 14, what is unpublished never', async () => {
    await using events = await startEvents(broker)
    const subject = randomUUID()
    for (const step of steps(3)) await events.emit(subject, step)
    await sql`update outbox set created_at = now() - interval '30 days'`.execute(events.database)
    await sql`update outbox set published_at = now() - interval '8 days'
      where position = (select min(position) from outbox)`.execute(events.database)
    expect((await purgeEvents(events.database as never)).outbox).toBe(1)
    const { count } = await events.database
      .selectFrom('outbox')
      .select(sql<number>`count(*)::int`.as('count'))
      .executeTakeFirstOrThrow()
    expect(count).toBe(2)
  })
})
