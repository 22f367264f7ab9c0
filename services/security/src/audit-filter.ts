import { id, parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import type { AuditFilter } from './audit-store.ts'

const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined)

// GraphQL's own form of the value is in capitals.
const toLowerCase = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value)

const instant = z
  .union([z.date(), z.iso.datetime()], 'is not a time such as 2026-01-31T12:00:00Z')
  .transform((time) => new Date(time))

const auditFilter = z.strictObject({
  actorId: optional(id),
  actionPrefix: optional(z.string().regex(/^[a-z:-]{1,100}$/, 'must look like security:session:')),
  outcome: optional(z.preprocess(toLowerCase, z.enum(['allowed', 'denied', 'failed']))),
  resourceType: optional(z.string().max(100)),
  resourceId: optional(z.string().max(200)),
  from: optional(instant),
  until: optional(instant),
})

/** A filter as clients give it, in GraphQL or as the parameters of a query; throws INPUT_INVALID. */
export const parseAuditFilter = (filter: unknown): AuditFilter => parseInput(auditFilter, filter ?? {})
