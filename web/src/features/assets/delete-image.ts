'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { requestTraceId } from '#request/request-headers.ts'
import { mutate } from '#session/mutate.ts'
import { toFailure } from '#ui/form/failure.ts'
import type { Deletion } from '#ui/record/deletion.ts'
import { deleteAssetMutation } from './asset-operations.ts'

const reference = z.object({ id: z.string().min(1).max(200) })

/** Removes a picture. One that is gone already counts as deleted. */
export const deleteImage = async (image: { readonly id: string }): Promise<Deletion> => {
  const target = reference.safeParse(image)
  if (!target.success)
    return { kind: 'failed', failure: await toFailure({ code: 'BAD_USER_INPUT', traceId: await requestTraceId() }) }
  const answer = await mutate(deleteAssetMutation, { input: target.data })
  if (!answer.ok && answer.problem.code !== 'NOT_FOUND')
    return { kind: 'failed', failure: await toFailure(answer.problem) }
  refresh()
  return { kind: 'deleted' }
}
