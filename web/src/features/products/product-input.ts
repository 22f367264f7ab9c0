import { z } from 'zod'
import type { FieldErrors } from '#ui/form/form-state.ts'
import { parsePrice } from './money.ts'
import type { ProductValues } from './product.ts'

/** A product as it stands in its form: text, as it was typed. */
export type ProductText = {
  readonly name: string
  readonly sku: string
  readonly priceCents: string
  readonly stock: string
}

/** Which message says what is wrong with a field: a key under products.fields. */
export type ProductFault = 'nameInvalid' | 'skuInvalid' | 'priceInvalid' | 'stockInvalid'

const MAX_STOCK = 2_147_483_647

const text = z.string().max(10_000).catch('')

const productText = z.object({ name: text, sku: text, priceCents: text, stock: text })

/** The form's text fields; what is missing or no text is empty. */
export const readProductText = (data: FormData): ProductText => productText.parse(Object.fromEntries(data))

type Parsed =
  | { readonly values: ProductValues; readonly faults?: undefined }
  | { readonly faults: FieldErrors<ProductText> & { readonly [Field in keyof ProductText]?: ProductFault } }

/** The product that was typed, or which of its fields cannot be read. The service's rules are the service's to check. */
export const parseProduct = (entered: ProductText, locale: string): Parsed => {
  const name = entered.name.trim()
  const sku = entered.sku.trim().toUpperCase()
  const priceCents = parsePrice(entered.priceCents, locale)
  const stock = parseStock(entered.stock)
  const isNamed = name !== '' && [...name].length <= 200
  if (isNamed && SKU.test(sku) && priceCents !== undefined && stock !== undefined)
    return { values: { name, sku, priceCents, stock } }
  return {
    faults: {
      ...(isNamed ? {} : { name: 'nameInvalid' }),
      ...(SKU.test(sku) ? {} : { sku: 'skuInvalid' }),
      ...(priceCents === undefined ? { priceCents: 'priceInvalid' } : {}),
      ...(stock === undefined ? { stock: 'stockInvalid' } : {}),
    },
  }
}

const SKU = /^[A-Z0-9._-]{1,64}$/

const parseStock = (entered: string): number | undefined => {
  const digits = entered.trim()
  const stock = Number(digits)
  return /^\d{1,10}$/.test(digits) && stock <= MAX_STOCK ? stock : undefined
}
