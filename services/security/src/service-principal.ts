import { type AppError, conflict, notFound } from '@neotool/kit/errors'
import { id, singleLine } from '@neotool/kit/input'
import { z } from 'zod'
import { randomToken } from './opaque-token.ts'
import { type PublicKey, publicKey } from './public-key.ts'

export const servicePrincipalId = id.brand<'ServicePrincipalId'>()
export type ServicePrincipalId = z.output<typeof servicePrincipalId>

/** A machine that acts with rights of its own: a client of OAuth 2.0. */
export type ServicePrincipal = {
  readonly id: ServicePrincipalId
  readonly name: string
  readonly permissions: readonly string[]
  /** For whom its tokens may be; the first is meant where a request names none. */
  readonly audiences: readonly string[]
  /** What it proves itself by, of what has not expired. */
  readonly credentials: readonly ServiceCredential[]
  readonly createdById: string
  readonly createdAt: Date
  readonly disabledAt: Date | undefined
}

/** A shared secret, of which a hash is known, or a key pair, of which the public half is. */
export type ServiceCredential = {
  readonly id: string
  readonly publicKey: PublicKey | undefined
  readonly createdAt: Date
  /** None while it has no successor. */
  readonly expiresAt: Date | undefined
}

const audience = z.string().regex(/^[!-~]{1,200}$/, 'must be 1 to 200 characters of ASCII without spaces')
const optionalKey = publicKey.nullish().transform((key) => key ?? undefined)

export const newServicePrincipal = z.object({
  name: singleLine(100),
  permissions: z
    .array(z.string())
    .min(1, 'must not be empty')
    .max(100, 'must be at most 100')
    .transform((names) => [...new Set(names)]),
  audiences: z
    .array(audience)
    .min(1, 'must not be empty')
    .max(20, 'must be at most 20')
    .nullish()
    .transform((names) => names && [...new Set(names)]),
  publicKey: optionalKey,
})

const DEFAULT_OVERLAP_HOURS = 24
const HOUR_MS = 3_600_000

export const secretRotation = z.object({
  id: servicePrincipalId,
  publicKey: optionalKey,
  overlapHours: z
    .int()
    .min(0, 'must not be negative')
    .max(168, 'must be at most 168')
    .nullish()
    .transform((hours) => hours ?? DEFAULT_OVERLAP_HOURS),
})

/** Until when the former credentials are good after a rotation at `now`. */
export const overlapEnd = (overlapHours: number, now: Date): Date => new Date(now.getTime() + overlapHours * HOUR_MS)

/** A new client secret; the prefix lets scanners of source code find one that was committed. */
export const createClientSecret = (): string => `nts_${randomToken()}`

export const servicePrincipalNotFound = (id: ServicePrincipalId): AppError =>
  notFound('SERVICE_PRINCIPAL_NOT_FOUND', `There is no service principal ${id}.`)

export const servicePrincipalDisabled = (): AppError =>
  conflict('SERVICE_PRINCIPAL_DISABLED', 'The service principal is disabled for good. Create a new one.')

export const serviceNameTaken = (name: string): AppError =>
  conflict('SERVICE_PRINCIPAL_NAME_TAKEN', `There is a service principal ${JSON.stringify(name)} already.`, {
    fields: [{ path: 'name', message: 'is in use by another service principal' }],
  })
