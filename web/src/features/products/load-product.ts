import 'server-only'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { query } from '#session/query.ts'
import { productQuery } from './product-operations.ts'

/** The product with this id; leaves by the 404 page where there is none. Asked once per request. */
export const loadProduct = cache(async (id: string) => {
  const { product } = await query(productQuery, { id })
  return product ?? notFound()
})
