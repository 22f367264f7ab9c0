import { FIELDS, type ProductField, type ProductValues } from './product.ts'

export type FieldConflict = {
  readonly field: ProductField
  readonly before: string | number
  readonly theirs: string | number
  readonly mine: string | number
  /** Both changed it, to different things: only one can stay. */
  readonly isContested: boolean
}

type Versions = { readonly before: ProductValues; readonly theirs: ProductValues; readonly mine: ProductValues }

/** The fields in which the stored product and the entered one differ, in the order of the form. */
export const conflicts = ({ before, theirs, mine }: Versions): FieldConflict[] =>
  FIELDS.filter((field) => theirs[field] !== mine[field]).map((field) => ({
    field,
    before: before[field],
    theirs: theirs[field],
    mine: mine[field],
    isContested: theirs[field] !== before[field] && mine[field] !== before[field],
  }))

/** My changes on top of theirs: what I left alone keeps the value that they gave it. */
export const applyMine = ({ before, theirs, mine }: Versions): ProductValues => ({
  name: mine.name === before.name ? theirs.name : mine.name,
  sku: mine.sku === before.sku ? theirs.sku : mine.sku,
  priceCents: mine.priceCents === before.priceCents ? theirs.priceCents : mine.priceCents,
  stock: mine.stock === before.stock ? theirs.stock : mine.stock,
})
