import 'server-only'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { ProblemError } from '#gateway/problem.ts'
import { query } from '#session/query.ts'
import { productQuery } from './product-operations.ts'

/** The product with this id; leaves by the 404 page where there is none. Asked once per request. */
export const loadProduct = cache(async (id: string) => {
  try {
    return (await query(productQuery, { id })).product ?? notFound()
  } catch (error) {
    // The address holds something that cannot be an id.
    if (error instanceof ProblemError && error.problem.code === 'BAD_USER_INPUT') notFound()
    throw error
  }
})
