/*
 * Released events stay readable: each type and version, and each table, has one recorded message in events/samples. A
 * schema that asks for more than was sent then, or no longer knows a field that was sent, fails here; such a change needs
 * a new version beside the old one.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type EventType, envelope } from '../events/event.ts'
import type { TableTopic } from '../events/tables.ts'
import { TOPICS } from '../events/topics.ts'

const events = join(import.meta.dirname, '../events')
const samples = join(events, 'samples')

const isSchema = (value: unknown) => value instanceof z.ZodType
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
const isEventType = (value: unknown): value is EventType =>
  isObject(value) && typeof value.type === 'string' && isSchema(value.data)
const isTable = (value: unknown): value is TableTopic =>
  isObject(value) && typeof value.topic === 'string' && isSchema(value.entry)

const modules = await Promise.all(
  readdirSync(events)
    .filter((name) => name.endsWith('.ts'))
    .map((name): Promise<Readonly<Record<string, unknown>>> => import(join(events, name))),
)
const exported = modules.flatMap((module) => Object.values(module))
const eventTypes = exported.filter(isEventType)
const tables = exported.filter(isTable)

const sampleOf = (name: string): unknown => JSON.parse(readFileSync(join(samples, `${name}.json`), 'utf8'))

describe('the recorded message of', () => {
  it.each(eventTypes.map((event) => [event.type, event] as const))('%s can be read whole', (type, { data }) => {
    const message = sampleOf(type)
    const read = envelope.parse(message)
    expect(read).toEqual(message)
    expect(read.type).toBe(type)
    // Equal, not only accepted: a schema that drops or changes a field loses it for every consumer of old events.
    expect(data.parse(read.data)).toEqual(read.data)
  })

  it.each(tables.map((table) => [table.topic, table] as const))('%s can be read whole', (topic, { entry }) => {
    const message = sampleOf(topic)
    expect(entry.parse(message)).toEqual(message)
  })
})

describe('events/', () => {
  it('has a topic for each event type and table, and a recorded message for each and for nothing else', () => {
    const topics = new Set(TOPICS.map(({ name }) => name))
    expect([...eventTypes, ...tables].map(({ topic }) => topic).filter((topic) => !topics.has(topic))).toEqual([])
    const named = [...eventTypes.map(({ type }) => type), ...tables.map(({ topic }) => topic)]
    expect(readdirSync(samples).sort()).toEqual(named.map((name) => `${name}.json`).sort())
  })
})
