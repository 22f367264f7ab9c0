'use server'

import { refresh } from 'next/cache'
import { mutate } from '#session/mutate.ts'
import { deleteById } from '#ui/record/delete-record.ts'
import type { Deletion } from '#ui/record/deletion.ts'
import { deleteAssetMutation } from './asset-operations.ts'

/** Removes a picture. One that is gone already counts as deleted. */
export const deleteImage = async (image: { readonly id: string }): Promise<Deletion> => {
  const deletion = await deleteById(image, (input) => mutate(deleteAssetMutation, { input }))
  if (deletion.kind === 'deleted') refresh()
  return deletion
}
