/** A product as the workspace shows it. */
export type Product = {
  readonly id: string
  readonly name: string
  readonly sku: string
  readonly priceCents: number
  readonly stock: number
  readonly version: number
}

/** The fields that a person may change. */
export const FIELDS = ['name', 'sku', 'priceCents', 'stock'] as const

export type ProductField = (typeof FIELDS)[number]

export type ProductValues = Pick<Product, ProductField>
