import { customerDeletedV1 } from '@neotool/contracts/events/app-customer'
import type { Audit } from '@neotool/kit/audit'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { addEvent } from '@neotool/kit/events/outbox'
import { parseInput } from '@neotool/kit/input'
import type { KeyedHash } from '@neotool/kit/keyed-hash'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { z } from 'zod'
import { type CustomerId, customerId, customerNotFound, requireVersion, toEventData } from '../customer.ts'
import type { CustomerStore } from '../customer-store.ts'
import type { Tables } from '../database.ts'
import type { DeleteCustomerInput } from '../generated/graphql.ts'

type Deps = {
  database: Database<Tables>
  customers: CustomerStore
  authorizer: Authorizer
  audit: Audit
  hashPersonalData: KeyedHash
}

const target = z.object({ id: customerId, version: z.int() })

/** Removes a customer for good; throws CONFLICT with the present state where `version` is not the present one. */
export const deleteCustomer =
  ({ database, customers, authorizer, audit, hashPersonalData }: Deps) =>
  async ({ actor, trace }: Caller, input: DeleteCustomerInput): Promise<CustomerId> => {
    const { id, version } = parseInput(target, input)
    const decision = authorizer.authorize(actor, 'app:customer:delete', { type: 'Customer', id })
    return inTransaction(database, async (tx) => {
      await audit.recordDecision(tx, decision, trace)
      const customer = await customers.lock(tx, id)
      if (customer === undefined) throw customerNotFound(id)
      requireVersion(customer, version)
      await customers.delete(tx, id)
      await addEvent(tx, customerDeletedV1, {
        subject: id,
        data: toEventData(customer, decision.principal.id, hashPersonalData),
        trace,
      })
      return id
    })
  }
