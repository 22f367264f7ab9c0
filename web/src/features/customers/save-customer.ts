'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import type { Problem } from '#gateway/problem.ts'
import { requestTraceId } from '#request/request-headers.ts'
import { mutate } from '#session/mutate.ts'
import { setFlash } from '#ui/flash/set-flash.ts'
import { toFailure } from '#ui/form/failure.ts'
import type { FieldErrors } from '#ui/form/form-state.ts'
import type { RecordFormState } from '#ui/record/form-state.ts'
import { explain, reference } from '#ui/record/save.ts'
import { type Customer, type CustomerValues, FIELDS, STATUSES } from './customer.ts'
import { type CustomerFault, type CustomerText, parseCustomer, readCustomerText } from './customer-input.ts'
import { createCustomerMutation, updateCustomerMutation } from './customer-operations.ts'

export type CustomerFormState = RecordFormState<CustomerText, Customer, CustomerValues>

/** Adds the entered customer and goes to its page. */
export const createCustomer = async (_: CustomerFormState, data: FormData): Promise<CustomerFormState> => {
  const values = readCustomerText(data)
  const parsed = parseCustomer(values)
  if (parsed.faults !== undefined) return { values, errors: await translate(parsed.faults) }

  const answer = await mutate(createCustomerMutation, { input: parsed.values })
  if (!answer.ok) return { values, ...(await explainCustomer(answer.problem)) }
  const { id, name } = answer.data.createCustomer.customer
  await setFlash({ kind: 'created', name })
  return redirect(`/customers/${encodeURIComponent(id)}`)
}

/** Changes the customer, based on the version in the form. */
export const updateCustomer = async (_: CustomerFormState, data: FormData): Promise<CustomerFormState> => {
  const values = readCustomerText(data)
  const target = reference.safeParse(Object.fromEntries(data))
  if (!target.success)
    return { values, failure: await toFailure({ code: 'BAD_USER_INPUT', traceId: await requestTraceId() }) }
  const parsed = parseCustomer(values)
  if (parsed.faults !== undefined) return { values, errors: await translate(parsed.faults) }

  const answer = await mutate(updateCustomerMutation, { input: { ...target.data, ...parsed.values } })
  if (answer.ok) {
    refresh()
    return { values, outcome: { kind: 'saved', record: answer.data.updateCustomer.customer } }
  }
  const { problem } = answer
  if (problem.code === 'NOT_FOUND') return { values, outcome: { kind: 'gone' } }
  const theirs = problem.code === 'CONFLICT' ? customer.safeParse(problem.current).data : undefined
  if (theirs !== undefined) return { values, outcome: { kind: 'conflict', theirs, mine: parsed.values } }
  return { values, ...(await explainCustomer(problem)) }
}

const customer = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  status: z.enum(STATUSES),
  version: z.int(),
})

const explainCustomer = async (problem: Problem): Promise<Pick<CustomerFormState, 'errors' | 'failure'>> => {
  if (problem.reason !== 'CUSTOMER_EMAIL_TAKEN') return explain(problem, FIELDS)
  const t = await getTranslations('customers.fields')
  return { errors: { email: t('emailTaken') } }
}

const translate = async (
  faults: {
    readonly [Field in keyof CustomerText]?: CustomerFault
  },
): Promise<FieldErrors<CustomerText>> => {
  const t = await getTranslations('customers.fields')
  return Object.fromEntries(Object.entries(faults).map(([field, fault]) => [field, t(fault)]))
}
