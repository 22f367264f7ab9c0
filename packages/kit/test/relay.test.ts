import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { eventually } from '@neotool/testkit/eventually'
import { sql } from 'kysely'
import { describe, expect, inject, it } from 'vitest'
import { startEvents } from './events-fixture.ts'

const broker = inject('kafkaBroker')
const steps = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

type Events = Awaited<ReturnType<typeof startEvents>>

const countUnpublished = async ({ database }: Events): Promise<number> => {
  const rows = await database.selectFrom('outbox').select('id').where('published_at', 'is', null).execute()
  return rows.length
}

const holderOf = async ({ database }: Events): Promise<string | null> => {
  const { holder } = await database.selectFrom('outbox_lease').select('holder').executeTakeFirstOrThrow()
  return holder
}

/** How long it runs from now. */
const secondsOfLease = async ({ database }: Events): Promise<number> => {
  const { rows } = await sql<{ seconds: number }>`
    select extract(epoch from expires_at - clock_timestamp())::float8 as seconds from outbox_lease`.execute(database)
  return rows[0]?.seconds ?? Number.NaN
}

const untilPublished = (events: Events) =>
  eventually(
    'publication',
    () => countUnpublished(events),
    (count) => count === 0,
  )

describe('a relay', () => {
  it('publishes what was committed just before it is stopped', async () => {
    await using events = await startEvents(broker)
    const { stop } = events.relay()
    await events.emit(randomUUID(), 1)
    await untilPublished(events)
    for (const step of steps(5)) {
      await events.emit(randomUUID(), step)
    }
    await stop()
    expect(await countUnpublished(events)).toBe(0)
  })

  it('waits for a batch of its predecessor that is still under way, though that lease has expired', async () => {
    await using events = await startEvents(broker)
    await events.emit(randomUUID(), 1)
    await events.database.transaction().execute(async (predecessor) => {
      await sql`update outbox_lease set holder = ${randomUUID()}, expires_at = '-infinity'`.execute(events.database)
      await sql`select from outbox_lease for update`.execute(predecessor)
      events.relay()
      const waiting = sql<{ pid: number }>`select pid from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like 'update "outbox_lease"%'`
      await eventually(
        'the wait',
        () => waiting.execute(events.database),
        ({ rows }) => rows.length === 1,
      )
      expect(await countUnpublished(events)).toBe(1)
    })
    await untilPublished(events)
  })

  it('takes over when the holder is gone without a word, and not before its lease expires', async () => {
    await using events = await startEvents(broker)
    const lease = sql`update outbox_lease set holder = ${randomUUID()}, expires_at = clock_timestamp() + interval '4 s'`
    await lease.execute(events.database)
    const { expires_at } = await events.database
      .selectFrom('outbox_lease')
      .select('expires_at')
      .executeTakeFirstOrThrow()
    await events.emit(randomUUID(), 1)
    events.relay()
    await untilPublished(events)
    const { published_at } = await events.database.selectFrom('outbox').select('published_at').executeTakeFirstOrThrow()
    expect(Number(published_at)).toBeGreaterThanOrEqual(expires_at.getTime())
  })

  it('takes over after a kill -9 of the process that held the lease, which is for 10 s at most', async () => {
    await using events = await startEvents(broker)
    const { url, directUrl } = events.testDatabase
    const child = spawn(process.execPath, [join(import.meta.dirname, 'relay-process.ts')], {
      stdio: 'inherit',
      env: { URL: url.reveal(), DIRECT_URL: directUrl.reveal(), BROKER: broker },
    })
    try {
      await events.emit(randomUUID(), 1)
      await untilPublished(events)
      events.relay()
      const holder = await holderOf(events)
      child.kill('SIGKILL')
      expect(await secondsOfLease(events)).toBeLessThan(10)
      await events.emit(randomUUID(), 1)
      await untilPublished(events)
      expect(await holderOf(events)).not.toBe(holder)
    } finally {
      child.kill('SIGKILL')
    }
  })

  it('that stood still in the middle of a batch breaks no order when it wakes up after another took over', async () => {
    await using events = await startEvents(broker)
    events.consumer()
    const [subject, { promise: wake, resolve }] = [randomUUID(), Promise.withResolvers<void>()]
    let published = 0
    events.relay(async (publish) => {
      if (published === 0) await wake
      await publish()
      published += 1
    })
    await events.emit(subject, 1)
    await events.emit(subject, 2)
    await eventually(
      'the lease',
      () => holderOf(events),
      (holder) => holder !== null,
    )
    events.relay()
    // The database ends the transaction of the one that stands still after ten seconds.
    await eventually(
      'the takeover',
      () => events.effects(subject),
      ({ length }) => length === 2,
    )
    await events.emit(subject, 3)
    await eventually(
      'what came after',
      () => events.effects(subject),
      ({ length }) => length === 3,
    )
    resolve()
    await eventually(
      'the late publication',
      () => published,
      (count) => count > 0,
    )
    for (const step of steps(6).slice(3)) await events.emit(subject, step)
    await eventually(
      'all effects',
      () => events.effects(subject),
      (effects) => effects.includes(6),
    )
    expect(await events.effects(subject)).toEqual(steps(6))
    await untilPublished(events)
  })
})
