'use server'

import { refresh } from 'next/cache'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import type { Problem } from '#gateway/problem.ts'
import { requestTraceId } from '#request/request-headers.ts'
import { mutate } from '#session/mutate.ts'
import { toFailure } from '#ui/form/failure.ts'
import { confirmAssetUploadMutation, createAssetUploadMutation } from './asset-operations.ts'

/** How to send the bytes of one file. */
export type Ticket = {
  readonly assetId: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

type Failed = { readonly ok: false; readonly message: string }

const description = z.object({
  productId: z.string().min(1).max(200),
  fileName: z.string().min(1).max(1000),
  contentType: z.string().min(1).max(200),
  sizeBytes: z.int().positive(),
  sha256: z.string().min(1).max(100),
})

/** Begins the upload of one picture of a product; its bytes go from the browser straight to the storage. */
export const beginUpload = async (
  input: z.input<typeof description>,
): Promise<{ readonly ok: true; readonly ticket: Ticket } | Failed> => {
  const described = description.safeParse(input)
  if (!described.success) return failed({ code: 'BAD_USER_INPUT', traceId: await requestTraceId() })
  const { fileName, ...rest } = described.data
  // The end tells more than the beginning: it holds the kind of file.
  const answer = await mutate(createAssetUploadMutation, { input: { ...rest, fileName: fileName.slice(-200) } })
  if (!answer.ok) return failed(answer.problem)
  const { asset, upload } = answer.data.createAssetUpload
  const headers = Object.fromEntries(upload.headers.map(({ name, value }) => [name, value]))
  return { ok: true, ticket: { assetId: asset.id, url: upload.url, headers } }
}

/** Has what was sent checked; the picture then belongs to the product. */
export const finishUpload = async (assetId: string): Promise<{ readonly ok: true } | Failed> => {
  const id = z.string().min(1).max(200).safeParse(assetId)
  if (!id.success) return failed({ code: 'BAD_USER_INPUT', traceId: await requestTraceId() })
  const answer = await mutate(confirmAssetUploadMutation, { input: { id: id.data } })
  if (!answer.ok) {
    const t = await getTranslations('images.faults')
    return answer.problem.reason === 'ASSET_REJECTED' ? { ok: false, message: t('rejected') } : failed(answer.problem)
  }
  refresh()
  return { ok: true }
}

const failed = async (problem: Pick<Problem, 'code' | 'traceId'>): Promise<Failed> => ({
  ok: false,
  message: (await toFailure(problem)).message,
})
