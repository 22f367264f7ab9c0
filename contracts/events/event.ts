import { z } from 'zod'

/**
 * One type of event in one version. A version never changes once it is released: a change that an old consumer could not
 * read is a new version beside it.
 */
export type EventType<Type extends string = string, Data extends z.ZodType = z.ZodType> = {
  /** `neotool.<service>.<aggregate>-<past-tense-verb>.v<version>` */
  readonly type: Type
  /** `neotool.<service>.<aggregate>`; its key is the aggregate's id, so that one aggregate's events stay in order. */
  readonly topic: string
  readonly data: Data
}

const TYPE = /^(neotool\.[a-z]+)\.[a-z]+(?:-[a-z]+)+\.v[1-9]\d*$/

/** Declares an event; throws where the name breaks the pattern or does not belong to the aggregate. */
export const defineEvent = <const Type extends string, Data extends z.ZodType>(
  type: Type,
  aggregate: string,
  data: Data,
): EventType<Type, Data> => {
  const service = TYPE.exec(type)?.[1]
  if (service === undefined || !type.startsWith(`${service}.${aggregate}-`)) {
    throw new Error(
      `${type}: an event of ${aggregate} is called neotool.<service>.${aggregate}-<past-tense-verb>.v<version>`,
    )
  }
  return { type, topic: `${service}.${aggregate}`, data }
}

/** The data of an event. */
export type DataOf<Event extends EventType> = z.output<Event['data']>

/**
 * The envelope: CloudEvents 1.0 in its JSON form, with the extensions `traceparent` (distributed tracing) and
 * `partitionkey`. https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
 */
export const envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string().startsWith('/neotool/'),
  type: z.string().regex(TYPE),
  subject: z.string().min(1),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  partitionkey: z.string().min(1),
  traceparent: z.string().optional(),
  data: z.unknown(),
})

export type Envelope = z.output<typeof envelope>
