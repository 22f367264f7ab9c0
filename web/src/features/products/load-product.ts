import 'server-only'
import { cache } from 'react'
import { query } from '#session/query.ts'
import { loadRecord } from '#ui/record/load-record.ts'
import { productQuery } from './product-operations.ts'

/** The product with this id; leaves by the 404 page where there is none. Asked once per request. */
export const loadProduct = cache((id: string) => loadRecord(async () => (await query(productQuery, { id })).product))
