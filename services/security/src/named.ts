import { conflict } from '@neotool/kit/errors'
import { changeOf, singleLine } from '@neotool/kit/input'
import { z } from 'zod'

/** What groups and roles have in common: administrators make them, and tell them apart by their names. */
export type Named<Id extends string> = {
  readonly id: Id
  readonly name: string
  readonly description: string
  readonly version: number
  readonly createdAt: Date
}

const description = z
  .string()
  .trim()
  .max(300, { abort: true, error: 'must have at most 300 characters' })
  .normalize('NFC')
  .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'must not hold control characters')

const fields = { name: singleLine(100), description } as const

export const newNamed = z.object({ ...fields, description: description.nullish().transform((text) => text ?? '') })
export type NewNamed = z.output<typeof newNamed>

export const namedChange = changeOf(fields)

/** Nothing if `version` is the present one; throws CONFLICT that carries the thing as it is now. */
export const requireVersion = (
  what: 'group' | 'role' | 'user',
  current: { readonly version: number } & Readonly<Record<string, unknown>>,
  version: number,
): void => {
  if (current.version === version) return
  throw conflict(
    `${what.toUpperCase()}_VERSION_STALE`,
    `The ${what} has changed since: you have version ${version}, it is at ${current.version}.`,
    { current },
  )
}
