import { customerUpdatedV1 } from '@neotool/contracts/events/app-customer'
import type { Audit } from '@neotool/kit/audit'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { addEvent } from '@neotool/kit/events/outbox'
import { parseInput } from '@neotool/kit/input'
import type { KeyedHash } from '@neotool/kit/keyed-hash'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { z } from 'zod'
import {
  type Customer,
  changedFields,
  customerChange,
  customerId,
  customerNotFound,
  requireVersion,
  toEventData,
} from '../customer.ts'
import type { CustomerStore } from '../customer-store.ts'
import type { Tables } from '../database.ts'
import type { UpdateCustomerInput } from '../generated/graphql.ts'

type Deps = {
  database: Database<Tables>
  customers: CustomerStore
  authorizer: Authorizer
  audit: Audit
  hashPersonalData: KeyedHash
}

const target = z.object({ id: customerId, version: z.int() })

/** Changes the given fields of a customer; throws CONFLICT with the present state where `version` is not the present one. */
export const updateCustomer =
  ({ database, customers, authorizer, audit, hashPersonalData }: Deps) =>
  async ({ actor, trace }: Caller, input: UpdateCustomerInput): Promise<Customer> => {
    const { id, version } = parseInput(target, input)
    const decision = authorizer.authorize(actor, 'app:customer:save', { type: 'Customer', id })
    const change = parseInput(customerChange, input)
    return inTransaction(database, async (tx) => {
      await audit.recordDecision(tx, decision, trace)
      const customer = await customers.lock(tx, id)
      if (customer === undefined) throw customerNotFound(id)
      const saved = await customers.save(tx, { ...requireVersion(customer, version), ...change })
      const data = {
        ...toEventData(saved, decision.principal.id, hashPersonalData),
        changed: changedFields(customer, saved),
      }
      await addEvent(tx, customerUpdatedV1, { subject: id, data, trace })
      return saved
    })
  }
