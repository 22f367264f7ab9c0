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
import type { FieldErrors, FormState } from '#ui/form/form-state.ts'
import type { Product, ProductField, ProductValues } from './product.ts'
import { type ProductFault, type ProductText, parseProduct, readProductText } from './product-input.ts'
import { createProductMutation, updateProductMutation } from './product-operations.ts'

export type ProductFormState = FormState<ProductText> & {
  readonly outcome?:
    | { readonly kind: 'saved'; readonly product: Product }
    /** Somebody else saved first: their product, and what was entered here. */
    | { readonly kind: 'conflict'; readonly theirs: Product; readonly mine: ProductValues }
    | { readonly kind: 'gone' }
    | undefined
}

/** Adds the entered product and goes to its page. */
export const createProduct = async (_: ProductFormState, data: FormData): Promise<ProductFormState> => {
  const values = readProductText(data)
  const parsed = parseProduct(values, await getLocale())
  if (parsed.faults !== undefined) return { values, errors: await translate(parsed.faults) }

  const answer = await mutate(createProductMutation, { input: parsed.values })
  if (!answer.ok) return { values, ...(await explain(answer.problem)) }
  const { id, name } = answer.data.createProduct.product
  await setFlash({ kind: 'product-created', name })
  return redirect(`/products/${encodeURIComponent(id)}`)
}

const reference = z.object({ id: z.string().min(1).max(200), version: z.coerce.number().int().positive() })

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
    return { values, outcome: { kind: 'saved', product: answer.data.updateProduct.product } }
  }
  const { problem } = answer
  if (problem.code === 'NOT_FOUND') return { values, outcome: { kind: 'gone' } }
  const theirs = currentProduct(problem)
  if (theirs !== undefined) return { values, outcome: { kind: 'conflict', theirs, mine: parsed.values } }
  return { values, ...(await explain(problem)) }
}

const product = z.object({
  id: z.string(),
  name: z.string(),
  sku: z.string(),
  priceCents: z.int(),
  stock: z.int(),
  version: z.int(),
})

const currentProduct = ({ code, current }: Problem): Product | undefined =>
  code === 'CONFLICT' ? product.safeParse(current).data : undefined

const FIELD_NAMES: readonly ProductField[] = ['name', 'sku', 'priceCents', 'stock']

/** The problem at the field it is about, or above the form. */
const explain = async (problem: Problem): Promise<Pick<ProductFormState, 'errors' | 'failure'>> => {
  const t = await getTranslations('products.fields')
  if (problem.reason === 'PRODUCT_SKU_TAKEN') return { errors: { sku: t('skuTaken') } }
  const known = problem.fields.flatMap(({ path, message }) => {
    const field = FIELD_NAMES.find((name) => name === path.split('.').at(-1))
    return field === undefined ? [] : [[field, message] as const]
  })
  return known.length > 0 ? { errors: Object.fromEntries(known) } : { failure: await toFailure(problem) }
}

const translate = async (
  faults: {
    readonly [Field in keyof ProductText]?: ProductFault
  },
): Promise<FieldErrors<ProductText>> => {
  const t = await getTranslations('products.fields')
  return Object.fromEntries(Object.entries(faults).map(([field, fault]) => [field, t(fault)]))
}
