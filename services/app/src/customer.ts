import { type AppError, conflict, notFound } from '@neotool/kit/errors'
import { changeOf, emailAddress, id, singleLine } from '@neotool/kit/input'
import type { KeyedHash } from '@neotool/kit/keyed-hash'
import { z } from 'zod'

export const customerId = id.brand<'CustomerId'>()
export type CustomerId = z.output<typeof customerId>

const customerStatus = z.enum(['PENDING', 'ACTIVE', 'INACTIVE'])
export type CustomerStatus = z.output<typeof customerStatus>

export type Customer = {
  readonly id: CustomerId
  readonly name: string
  readonly email: string
  readonly status: CustomerStatus
  readonly version: number
  readonly createdById: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

const fields = { name: singleLine(200), email: emailAddress, status: customerStatus } as const

export const newCustomer = z.object({
  ...fields,
  status: customerStatus.nullish().transform((status) => status ?? 'PENDING'),
})
export type NewCustomer = z.output<typeof newCustomer>

export const customerChange = changeOf(fields)

/** What an error may show of the customer as they are now, so that a client can merge its change. */
const toCurrent = ({ createdById: _createdById, ...current }: Customer) => ({
  ...current,
  createdAt: current.createdAt.toISOString(),
  updatedAt: current.updatedAt.toISOString(),
})

/** What events tell of a customer and of who changed them; no name and no e-mail. */
export const toEventData = (
  { id, email, status, version }: Customer,
  actorId: string,
  hashPersonalData: KeyedHash,
) => ({ customerId: id, emailHash: hashPersonalData(email.toLowerCase()), status, version, actorId })

const CHANGEABLE = ['name', 'email', 'status'] as const

/** The fields whose values differ. */
export const changedFields = (before: Customer, after: Customer): (typeof CHANGEABLE)[number][] =>
  CHANGEABLE.filter((field) => before[field] !== after[field])

/** The customer as given if `version` is their present one; throws CONFLICT that carries the customer as they are now. */
export const requireVersion = (customer: Customer, version: number): Customer => {
  if (customer.version === version) return customer
  throw conflict(
    'CUSTOMER_VERSION_STALE',
    `The customer has changed since: you have version ${version}, it is at ${customer.version}.`,
    { current: toCurrent(customer) },
  )
}

export const customerNotFound = (customerId: CustomerId): AppError =>
  notFound('CUSTOMER_NOT_FOUND', `There is no customer ${customerId}.`)

/** Does not repeat the e-mail: messages of errors may be logged. */
export const emailTaken = (): AppError =>
  conflict('CUSTOMER_EMAIL_TAKEN', 'The e-mail is in use by another customer.', {
    fields: [{ path: 'email', message: 'is in use by another customer' }],
  })
