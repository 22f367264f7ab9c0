'use server'

import { mutate } from '#session/mutate.ts'
import { deleteRecord } from '#ui/record/delete-record.ts'
import type { Deletion } from '#ui/record/deletion.ts'
import type { Versioned } from '#ui/record/form-state.ts'
import { deleteProductMutation } from './product-operations.ts'

/** Removes the product if it is still at that version. One that is gone already counts as deleted. */
export const deleteProduct = async (product: Versioned): Promise<Deletion> =>
  deleteRecord(product, (input) => mutate(deleteProductMutation, { input }))
