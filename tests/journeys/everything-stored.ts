import { portOf } from '@neotool/platform/component'
import { findEnvironment } from '@neotool/platform/environment'
import { databaseUrlOf, serviceNames } from '@neotool/platform/operations'
import { Admin, Consumer, MessagesStreamModes } from '@platformatic/kafka'
import pg from 'pg'
import { name, root } from './environment.ts'

type Found = { readonly where: string; readonly text: string }

/** Every row of every table of every service, as text. */
export const everyRow = async (): Promise<readonly Found[]> => {
  const found: Found[] = []
  for (const service of serviceNames) {
    const client = new pg.Client({ connectionString: databaseUrlOf({ root, name, service }) })
    await client.connect()
    try {
      const tables = await client.query<{ name: string }>(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
      )
      for (const table of tables.rows) {
        const { rows } = await client.query<{ text: string }>(`select row::text as text from ${table.name} row`)
        found.push(...rows.map(({ text }) => ({ where: `${service}: ${table.name}`, text })))
      }
    } finally {
      await client.end()
    }
  }
  return found
}

/** Every message of every topic, with its key. */
export const everyMessage = async (): Promise<readonly Found[]> => {
  const environment = findEnvironment(root, name)
  if (environment === undefined) throw new Error(`There is no environment ${name}.`)
  const toText = (data: Buffer | undefined): string => data?.toString('utf8') ?? ''
  const bootstrapBrokers = [`127.0.0.1:${portOf(environment, { name: 'kafka' })}`]
  const admin = new Admin({ clientId: 'everything-stored', bootstrapBrokers })
  const consumer = new Consumer<string, string, string, string>({
    clientId: 'everything-stored',
    groupId: `everything-stored-${Date.now()}`,
    bootstrapBrokers,
    deserializers: { key: toText, value: toText, headerKey: toText, headerValue: toText },
    autocommit: false,
  })
  try {
    const names = (await admin.listTopics()).filter((topic) => topic.startsWith('neotool.'))
    const countAt = async (timestamp: bigint): Promise<number> => {
      const offsets = await consumer.listOffsets({ topics: names, timestamp })
      return [...offsets.values()].flat().reduce((sum, offset) => sum + Number(offset), 0)
    }
    const expected = (await countAt(-1n)) - (await countAt(-2n))
    const found: Found[] = []
    if (expected === 0) return found
    const stream = await consumer.consume({ topics: names, mode: MessagesStreamModes.EARLIEST })
    for await (const { topic, key, value } of stream) {
      found.push({ where: topic, text: `${key} ${value}` })
      if (found.length >= expected) break
    }
    return found
  } finally {
    await Promise.all([consumer.close(true), admin.close()])
  }
}
