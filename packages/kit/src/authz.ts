/**
 * The one decision point. Policies are Cedar files of contracts/policies; an action is named like the permission that it
 * needs, and a principal is `in` a Permission when the access token carries it, so that roles and conditions are written in one
 * language. Whatever is not permitted is denied; a policy that fails to evaluate denies.
 */
import { randomUUID } from 'node:crypto'
import {
  type CedarValueJson,
  type DetailedError,
  type EntityJson,
  policySetTextToParts,
  policyToJson,
  preparsePolicySet,
  statefulIsAuthorized,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs'
import { type Actor, type Principal, requirePrincipal } from './auth.ts'
import { AppError } from './errors.ts'
import type { Logger } from './telemetry.ts'

/** What is acted on. Without an id it is the collection as a whole: to list, or to add to it. */
export type Resource = {
  readonly type: string
  readonly id?: string
  readonly attributes?: Readonly<Record<string, CedarValueJson>>
}

/** What was asked of the policies and what they said. */
export type Decision = {
  readonly principal: Principal
  readonly action: string
  readonly resource: Resource
  readonly isAllowed: boolean
  readonly policyIds: readonly string[]
}

export type Authorizer = {
  decide(principal: Principal, action: string, resource: Resource): Decision
  /**
   * The decision when it allows; throws UNAUTHENTICATED for anonymous, and Denied for others. A mutation gives it to
   * `recordDecision` in the transaction that does what was allowed.
   */
  authorize(actor: Actor, action: string, resource: Resource): Decision
  /** From now on these policies decide; throws where they are broken, and then the present ones go on deciding. */
  replacePolicies(policies: string): void
}

/** Parses and validates the policies; throws with every fault where they do not fit the schema. */
export const createAuthorizer = ({
  schema,
  policies,
  log,
}: {
  schema: string
  policies: string
  log: Logger
}): Authorizer => {
  let policySetId = preparse(schema, policies)

  const ask = (actor: Principal, action: string, resource: Resource): Pick<Decision, 'isAllowed' | 'policyIds'> => {
    const principal = { type: PRINCIPAL_TYPES[actor.kind], id: actor.id }
    const target = { type: resource.type, id: resource.id ?? '*' }
    const answer = statefulIsAuthorized({
      principal,
      action: { type: 'Action', id: action },
      resource: target,
      context: {},
      preparsedPolicySetId: policySetId,
      entities: entitiesOf(principal, actor.permissions, target, resource.attributes ?? {}),
    })
    if (answer.type === 'failure') {
      log.error({ action, resource: target, errors: answer.errors }, 'the decision failed, so it is a denial')
      return { isAllowed: false, policyIds: [] }
    }
    const { decision, diagnostics } = answer.response
    if (diagnostics.errors.length > 0) {
      log.error({ action, resource: target, errors: diagnostics.errors }, 'a policy is broken, so it is a denial')
      return { isAllowed: false, policyIds: [] }
    }
    return { isAllowed: decision === 'allow', policyIds: diagnostics.reason }
  }

  const decide: Authorizer['decide'] = (principal, action, resource) => {
    const answer = ask(principal, action, resource)
    log.debug({ principalId: principal.id, action, resource, ...answer }, 'decision')
    return { principal, action, resource, ...answer }
  }

  return {
    decide,
    replacePolicies: (text) => {
      policySetId = preparse(schema, text)
    },
    authorize: (actor, action, resource) => {
      const decision = decide(requirePrincipal(actor), action, resource)
      if (!decision.isAllowed) throw new Denied(decision)
      return decision
    },
  }
}

/** FORBIDDEN, with the decision for the audit log. */
export class Denied extends AppError {
  readonly decision: Decision
  constructor(decision: Decision) {
    const message = `You are not allowed to do this: it needs ${decision.action}.`
    super({ kind: 'forbidden', reason: 'PERMISSION_MISSING', message })
    this.decision = decision
  }
}

const PRINCIPAL_TYPES = { user: 'User', service: 'Service' } as const satisfies Record<Principal['kind'], string>

type Uid = { readonly type: string; readonly id: string }

const entitiesOf = (
  principal: Uid,
  permissions: readonly string[],
  resource: Uid,
  attributes: Readonly<Record<string, CedarValueJson>>,
): EntityJson[] => {
  const parents = permissions.map((id) => ({ type: 'Permission', id }))
  const user = { uid: principal, attrs: {}, parents }
  const isSelf = resource.type === principal.type && resource.id === principal.id
  return isSelf ? [user] : [user, { uid: resource, attrs: { ...attributes }, parents: [] }]
}

/** Checks the policies against the schema and hands them to the engine; returns the name that it knows them by. */
const preparse = (schema: string, policies: string): string => {
  const policySet = { staticPolicies: byId(policies) }
  const checked = validate({ schema, policies: policySet, validationSettings: { mode: 'strict' } })
  if (checked.type === 'failure') throw new PolicyError(checked.errors)
  if (checked.validationErrors.length > 0) throw new PolicyError(checked.validationErrors.map(({ error }) => error))
  // The engine keeps parsed sets by name; a name of its own keeps two authorizers of one process apart.
  const policySetId = randomUUID()
  const parsed = preparsePolicySet(policySetId, policySet)
  if (parsed.type === 'failure') throw new PolicyError(parsed.errors)
  return policySetId
}

/** The policies by their `@id`, which decisions give as their reason; without it the engine would only number them. */
const byId = (policies: string): Record<string, string> => {
  const parts = policySetTextToParts(policies)
  if (parts.type === 'failure') throw new PolicyError(parts.errors)
  const named: Record<string, string> = {}
  for (const text of parts.policies) {
    const parsed = policyToJson(text)
    if (parsed.type === 'failure') throw new PolicyError(parsed.errors)
    const id = parsed.json.annotations?.id
    if (!id || id in named) throw new PolicyError([{ message: `this policy needs an @id of its own: ${text}` }])
    named[id] = text
  }
  return named
}

/** The policies cannot be used; nothing is decided by them. */
class PolicyError extends Error {
  constructor(faults: readonly Pick<DetailedError, 'message'>[]) {
    super(`The policies are broken:\n${faults.map(({ message }) => `  ${message}`).join('\n')}`)
  }
}
