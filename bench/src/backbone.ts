/*
 * The whole path of an event through a real process of app: a committed outbox row, the relay, Kafka, the consumer, its
 * effect. The rows are written by SQL, so that neither HTTP nor authorisation is measured. The database tells both times:
 * each table gets a column with the moment at which its row was written.
 */
import { setInterval } from 'node:timers/promises'
import type { DatabaseServers } from '@neotool/platform/test-servers'
import { eventually } from '@neotool/testkit/eventually'
import { runOperation, startService } from '@neotool/testkit/service-process'
import pg from 'pg'
import type { Load, Measured } from './measured.ts'

const KEYS = 200

// The row of one renamed product, as app's own use case writes it.
const insertEvents = `
  insert into outbox (id, topic, key, value)
  select id, 'neotool.app.product', key, jsonb_build_object(
    'specversion', '1.0', 'id', id, 'source', '/neotool/app', 'type', 'neotool.app.product-updated.v1',
    'subject', key, 'time', to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'datacontenttype', 'application/json', 'partitionkey', key,
    'traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    'data', jsonb_build_object('productId', key, 'name', 'Walnut desk, 140 cm', 'sku', 'DSK-WAL-140',
      'priceCents', 64900, 'stock', 12, 'version', 2, 'actorId', key, 'changed', array['name']))
  from (select uuidv7() as id, '00000000-0000-4000-8000-' || lpad((n % ${KEYS})::text, 12, '0') as key
    from generate_series(1, $1) as n) as events`

/** Starts app over the servers and measures it. */
export const measureBackbone = async (
  { pooledUrl, directUrl }: DatabaseServers,
  bootstrapServers: string,
  { events, batch, paced, everyMs }: Load,
): Promise<Measured & { readonly publishedPerSecond: number }> => {
  const maintenance = new pg.Client({ connectionString: `${directUrl}/postgres` })
  await maintenance.connect()
  await maintenance.query('create database neotool_app')
  await maintenance.end()
  const settings = {
    APP_HTTP_PORT: '0',
    APP_POSTGRES_URL: `${pooledUrl}/neotool_app`,
    APP_POSTGRES_DIRECT_URL: `${directUrl}/neotool_app`,
    APP_KAFKA_BROKERS: bootstrapServers,
    APP_TOKEN_ISSUER: 'https://security.bench',
    APP_TOKEN_AUDIENCE: 'neotool-bench',
    APP_JWKS_URL: 'http://127.0.0.1:9/jwks.json',
    APP_PERSONAL_DATA_KEY: Buffer.alloc(32).toString('base64'),
  }
  await runOperation('packages/kit/src/ops/create-topics.ts', { KAFKA_BOOTSTRAP_SERVERS: bootstrapServers })
  await runOperation('services/app/src/ops/migrate.ts', settings)
  const database = new pg.Client({ connectionString: `${directUrl}/neotool_app` })
  await database.connect()
  for (const table of ['outbox', 'activity']) {
    await database.query(`alter table ${table} add column written_at timestamptz not null default clock_timestamp()`)
  }
  const app = await startService('app', settings)
  const countEffects = async () => Number((await database.query('select count(*) from activity')).rows[0].count)
  const untilEffects = (count: number) =>
    eventually('the effects', countEffects, (effects) => effects >= count, 300_000)
  try {
    // The first event also pays for joining the group.
    await database.query(insertEvents, [batch])
    await untilEffects(batch)

    const begin = performance.now()
    for (let sent = 0; sent < events; sent += batch) await database.query(insertEvents, [batch])
    await untilEffects(batch + events)
    const perSecond = events / ((performance.now() - begin) / 1_000)

    const publication = await database.query(
      `
      select extract(epoch from max(published_at) - min(written_at))::float8 as seconds
      from (select * from outbox order by position desc limit $1) as measured`,
      [events],
    )
    const publishedPerSecond = events / publication.rows[0].seconds

    await database.query('truncate outbox, activity')
    let sent = 0
    for await (const _ of setInterval(everyMs)) {
      await database.query(insertEvents, [1])
      sent += 1
      if (sent === paced) break
    }
    await untilEffects(paced)
    const { rows } = await database.query(`
      select percentile_cont(array[0.5, 0.99]) within group (order by
        extract(epoch from activity.written_at - outbox.written_at)::float8 * 1000) as percentiles
      from outbox join activity on activity.event_id = outbox.id`)
    const [p50Ms, p99Ms] = rows[0].percentiles
    return { perSecond, publishedPerSecond, p50Ms, p99Ms }
  } finally {
    await app.end('SIGTERM')
    await database.end()
  }
}
