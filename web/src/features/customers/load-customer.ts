import 'server-only'
import { cache } from 'react'
import { query } from '#session/query.ts'
import { loadRecord } from '#ui/record/load-record.ts'
import { customerQuery } from './customer-operations.ts'

/** The customer with this id; leaves by the 404 page where there is none. Asked once per request. */
export const loadCustomer = cache((id: string) => loadRecord(async () => (await query(customerQuery, { id })).customer))
