import { AppError, conflict, notFound } from '@neotool/kit/errors'
import { singleLine } from '@neotool/kit/input'
import { z } from 'zod'

/** One version of all the policies. A number says which; they are activated in any order. */
export type PolicyVersion = {
  readonly id: string
  readonly number: number
  readonly text: string
  readonly comment: string
  readonly authorId: string
  readonly createdAt: Date
  readonly restores: number | undefined
  readonly state: PolicyState
  readonly activation: { readonly count: number; readonly at: Date; readonly byId: string } | undefined
  readonly supersededAt: Date | undefined
}

export type PolicyState = 'draft' | 'active' | 'superseded'

/** The policies and the schema that this release is built with. */
export type BuiltInPolicies = { readonly schema: string; readonly policies: string }

/** The number of the policies that the release is built with, which are no row. */
export const BUILT_IN = 0

/** What a decision on the policies themselves is about: all of them together. */
export const POLICIES = { type: 'Policy' } as const

export const ACTIVATE = 'security:policy:activate'

export const newPolicies = z.object({
  text: z
    .string()
    .max(200_000, 'must have at most 200000 characters')
    .refine((text) => text.trim() !== '', 'must not be empty'),
  comment: singleLine(500),
})

export const policyVersionNotFound = (number: number): AppError =>
  notFound('POLICY_NOT_FOUND', `There is no version ${number} of the policies.`)

export const policyNotDraft = (number: number): AppError =>
  conflict('POLICY_NOT_DRAFT', `Version ${number} is no draft: roll back to it to make it active again.`)

export const policyNotSuperseded = (number: number): AppError =>
  conflict('POLICY_NOT_SUPERSEDED', `Version ${number} has not been active before, or is so now.`)

export const locksEverybodyOut = (): AppError =>
  conflict('POLICY_LOCKS_OUT', `Nobody could activate policies any more: somebody must be permitted ${ACTIVATE}.`)

/** The policies do not fit the schema of this release; `faults` are all that is wrong with them. */
export const policiesBroken = (faults: readonly string[]): AppError =>
  new AppError({
    kind: 'invalid',
    reason: 'POLICIES_BROKEN',
    message: `The policies are broken: ${faults.join('; ')}`,
    detail: { fields: faults.map((message) => ({ path: 'text', message })) },
  })
