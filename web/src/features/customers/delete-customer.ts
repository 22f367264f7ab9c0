'use server'

import { mutate } from '#session/mutate.ts'
import { deleteRecord } from '#ui/record/delete-record.ts'
import type { Deletion } from '#ui/record/deletion.ts'
import type { Versioned } from '#ui/record/form-state.ts'
import { deleteCustomerMutation } from './customer-operations.ts'

/** Removes the customer if it is still at that version. One that is gone already counts as deleted. */
export const deleteCustomer = async (customer: Versioned): Promise<Deletion> =>
  deleteRecord(customer, (input) => mutate(deleteCustomerMutation, { input }))
