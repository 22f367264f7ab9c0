import { z } from 'zod'
import { type DataOf, defineEvent } from './event.ts'

// Neither name nor e-mail: what is published cannot be taken back, and a customer may ask to be forgotten.
const customer = {
  customerId: z.uuid(),
  /** A keyed hash: equal for the same e-mail in any case, and of no use to whoever does not have app's key. */
  emailHash: z.string().regex(/^[\w-]{43}$/),
  status: z.enum(['PENDING', 'ACTIVE', 'INACTIVE']),
  version: z.int().positive(),
  /** The user who did it: an id, never a name or an e-mail. */
  actorId: z.uuid(),
} as const

/** A customer was added. */
export const customerCreatedV1 = defineEvent('neotool.app.customer-created.v1', 'customer', z.object(customer))

/** Some fields of a customer changed; `changed` names them. */
export const customerUpdatedV1 = defineEvent(
  'neotool.app.customer-updated.v1',
  'customer',
  z.object({ ...customer, changed: z.array(z.enum(['name', 'email', 'status'])) }),
)

/** A customer was removed; the other fields are as they were at last. */
export const customerDeletedV1 = defineEvent('neotool.app.customer-deleted.v1', 'customer', z.object(customer))

export type CustomerCreated = DataOf<typeof customerCreatedV1>
export type CustomerUpdated = DataOf<typeof customerUpdatedV1>
export type CustomerDeleted = DataOf<typeof customerDeletedV1>
