'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { z } from 'zod'
import type { Problem } from '#gateway/problem.ts'
import { requestTraceId } from '#request/request-headers.ts'
import { mutate } from '#session/mutate.ts'
import { setFlash } from '#ui/flash/set-flash.ts'
import { toFailure } from '#ui/form/failure.ts'
import type { FieldErrors } from '#ui/form/form-state.ts'
import type { RecordFormState } from '#ui/record/form-state.ts'
import { explain, reference } from '#ui/record/save.ts'
import { FIELDS, type Product, type ProductValues } from './product.ts'
import { type ProductFault, type ProductText, parseProduct, readProductText } from './product-input.ts'
import { createProductMutation, updateProductMutation } from './product-operations.ts'

export type ProductFormState = RecordFormState<ProductText, Product, ProductValues>

/** Adds the entered product and goes to its page. */
export const createProduct = async (_: ProductFormState, data: FormData): Promise<ProductFormState> => {
  const values = readProductText(data)
  const parsed = parseProduct(values, await getLocale())
  if (parsed.faults !== undefined) return { values, errors: await translate(parsed.faults) }

  const answer = await mutate(createProductMutation, { input: parsed.values })
  if (!answer.ok) return { values, ...(await explainProduct(answer.problem)) }
  const { id, name } = answer.data.createProduct.product
  await setFlash({ kind: 'created', name })
  return redirect(`/products/${encodeURIComponent(id)}`)
}

/** Changes the product, based on the version in the form. */
export const updateProduct = async (_: ProductFormState, data: FormData): Promise<ProductFormState> => {
  const values = readProductText(data)
  const target = reference.safeParse(Object.fromEntries(data))
  if (!target.success)
    return { values, failure: await toFailure({ code: 'BAD_USER_INPUT', traceId: await requestTraceId() }) }
  const parsed = parseProduct(values, await getLocale())
  if (parsed.faults !== undefined) return { values, errors: await translate(parsed.faults) }

  const answer = await mutate(updateProductMutation, { input: { ...target.data, ...parsed.values } })
  if (answer.ok) {
    refresh()
    return { values, outcome: { kind: 'saved', record: answer.data.updateProduct.product } }
  }
  const { problem } = answer
  if (problem.code === 'NOT_FOUND') return { values, outcome: { kind: 'gone' } }
  const theirs = problem.code === 'CONFLICT' ? product.safeParse(problem.current).data : undefined
  if (theirs !== undefined) return { values, outcome: { kind: 'conflict', theirs, mine: parsed.values } }
  return { values, ...(await explainProduct(problem)) }
}

const product = z.object({
  id: z.string(),
  name: z.string(),
  sku: z.string(),
  priceCents: z.int(),
  stock: z.int(),
  version: z.int(),
})

const explainProduct = async (problem: Problem): Promise<Pick<ProductFormState, 'errors' | 'failure'>> => {
  if (problem.reason !== 'PRODUCT_SKU_TAKEN') return explain(problem, FIELDS)
  const t = await getTranslations('products.fields')
  return { errors: { sku: t('skuTaken') } }
}

const translate = async (
  faults: {
    readonly [Field in keyof ProductText]?: ProductFault
  },
): Promise<FieldErrors<ProductText>> => {
  const t = await getTranslations('products.fields')
  return Object.fromEntries(Object.entries(faults).map(([field, fault]) => [field, t(fault)]))
}
