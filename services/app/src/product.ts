import { AppError, conflict, notFound } from '@neotool/kit/errors'
import { changeOf, id, singleLine } from '@neotool/kit/input'
import { z } from 'zod'

export const productId = id.brand<'ProductId'>()
export type ProductId = z.output<typeof productId>

export type Product = {
  readonly id: ProductId
  readonly name: string
  readonly sku: string
  readonly priceCents: number
  readonly stock: number
  readonly version: number
  readonly createdById: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

const amount = z.int().min(0, 'must not be negative').max(2_147_483_647, 'must be at most 2147483647')

const fields = {
  name: singleLine(200),
  sku: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9._-]{1,64}$/, 'must be 1 to 64 of A–Z, 0–9, dot, dash and underscore'),
  priceCents: amount,
  stock: amount,
} as const

export const newProduct = z.object({ ...fields, stock: amount.nullish().transform((stock) => stock ?? 0) })
export type NewProduct = z.output<typeof newProduct>

export const productChange = changeOf(fields)

/** What an error may show of the product as it is now, so that a client can merge its change. */
const toCurrent = ({ createdById: _createdById, ...current }: Product) => ({
  ...current,
  createdAt: current.createdAt.toISOString(),
  updatedAt: current.updatedAt.toISOString(),
})

/** What events tell of a product and of who changed it. */
export const toEventData = ({ id, name, sku, priceCents, stock, version }: Product, actorId: string) => ({
  productId: id,
  name,
  sku,
  priceCents,
  stock,
  version,
  actorId,
})

const CHANGEABLE = ['name', 'sku', 'priceCents', 'stock'] as const

/** The fields whose values differ. */
export const changedFields = (before: Product, after: Product): (typeof CHANGEABLE)[number][] =>
  CHANGEABLE.filter((field) => before[field] !== after[field])

/** The product itself if `version` is its present one; throws CONFLICT that carries the product as it is now. */
export const requireVersion = (product: Product, version: number): Product => {
  if (product.version === version) return product
  throw conflict(
    'PRODUCT_VERSION_STALE',
    `The product has changed since: you have version ${version}, it is at ${product.version}.`,
    { current: toCurrent(product) },
  )
}

export const productNotFound = (productId: ProductId): AppError =>
  notFound('PRODUCT_NOT_FOUND', `There is no product ${productId}.`)

export const skuTaken = (sku: string): AppError =>
  new AppError({
    kind: 'conflict',
    reason: 'PRODUCT_SKU_TAKEN',
    message: `The SKU ${sku} is in use by another product.`,
    detail: { fields: [{ path: 'sku', message: 'is in use by another product' }] },
  })
