import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import type { Customer } from '../customer.ts'
import { customerId } from '../customer.ts'
import type { CustomerLoader } from '../customer-loader.ts'

type Deps = { authorizer: Authorizer }

/** One customer by its id, or null; calls of one request are read together. */
export const findCustomer =
  ({ authorizer }: Deps) =>
  async ({ actor }: Caller, loader: CustomerLoader, givenId: string): Promise<Customer | null> => {
    const { id } = parseInput(z.object({ id: customerId }), { id: givenId })
    authorizer.authorize(actor, 'app:customer:view', { type: 'Customer', id })
    return (await loader.load(id)) ?? null
  }
