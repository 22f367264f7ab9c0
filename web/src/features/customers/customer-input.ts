import { z } from 'zod'
import { type CustomerValues, STATUSES } from './customer.ts'

/** A customer as they stand in their form: text, as it was typed. */
export type CustomerText = { readonly name: string; readonly email: string; readonly status: string }

/** Which message says what is wrong with a field: a key under customers.fields. */
export type CustomerFault = 'nameInvalid' | 'emailInvalid' | 'statusInvalid'

const text = z.string().max(10_000).catch('')

const customerText = z.object({ name: text, email: text, status: text })

/** The form's text fields; what is missing or no text is empty. */
export const readCustomerText = (data: FormData): CustomerText => customerText.parse(Object.fromEntries(data))

type Parsed =
  | { readonly values: CustomerValues; readonly faults?: undefined }
  | { readonly faults: { readonly [Field in keyof CustomerText]?: CustomerFault } }

// The rules of the service, which has the last word: said here in the person's language.
const emailAddress = z.string().max(254).regex(z.regexes.html5Email)

/** The customer that was typed, or which of their fields cannot be taken. */
export const parseCustomer = (entered: CustomerText): Parsed => {
  const name = entered.name.trim()
  const isNamed = name !== '' && [...name].length <= 200
  const email = emailAddress.safeParse(entered.email.trim())
  const status = STATUSES.find((candidate) => candidate === entered.status)
  if (isNamed && email.success && status !== undefined) return { values: { name, email: email.data, status } }
  return {
    faults: {
      ...(isNamed ? {} : { name: 'nameInvalid' }),
      ...(email.success ? {} : { email: 'emailInvalid' }),
      ...(status === undefined ? { status: 'statusInvalid' } : {}),
    },
  }
}
