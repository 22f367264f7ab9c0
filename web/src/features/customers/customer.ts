/** In the order in which a customer usually passes through them. */
export const STATUSES = ['PENDING', 'ACTIVE', 'INACTIVE'] as const

export type CustomerStatus = (typeof STATUSES)[number]

/** A customer as the workspace shows them. */
export type Customer = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly status: CustomerStatus
  readonly version: number
}

/** The fields that a person may change. */
export const FIELDS = ['name', 'email', 'status'] as const

export type CustomerValues = Pick<Customer, (typeof FIELDS)[number]>
