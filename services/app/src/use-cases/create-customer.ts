import { customerCreatedV1 } from '@neotool/contracts/events/app-customer'
import type { Audit } from '@neotool/kit/audit'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { addEvent } from '@neotool/kit/events/outbox'
import { parseInput } from '@neotool/kit/input'
import type { KeyedHash } from '@neotool/kit/keyed-hash'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { type Customer, newCustomer, toEventData } from '../customer.ts'
import type { CustomerStore } from '../customer-store.ts'
import type { Tables } from '../database.ts'
import type { CreateCustomerInput } from '../generated/graphql.ts'

type Deps = {
  database: Database<Tables>
  customers: CustomerStore
  authorizer: Authorizer
  audit: Audit
  hashPersonalData: KeyedHash
}

/** Adds a customer in the actor's name; throws CONFLICT where the e-mail is in use. */
export const createCustomer =
  ({ database, customers, authorizer, audit, hashPersonalData }: Deps) =>
  async ({ actor, trace }: Caller, input: CreateCustomerInput): Promise<Customer> => {
    const decision = authorizer.authorize(actor, 'app:customer:save', { type: 'Customer' })
    const given = parseInput(newCustomer, input)
    return inTransaction(database, async (tx) => {
      await audit.recordDecision(tx, decision, trace)
      const customer = await customers.insert(tx, given, decision.principal.id)
      await addEvent(tx, customerCreatedV1, {
        subject: customer.id,
        data: toEventData(customer, decision.principal.id, hashPersonalData),
        trace,
      })
      return customer
    })
  }
