/**
 * The one decision point. Policies are Cedar files of contracts/policies; an action is named like the permission that it
 * needs, and a principal is `in` a Permission when the access token carries it, so that roles and conditions are written in one
 * language. Whatever is not permitted is denied; a policy that fails to evaluate denies.
 */
import { randomUUID } from 'node:crypto'
import {
  type CedarValueJson,
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

/** What the policies may know of who acts. */
export type PolicyPrincipal = Pick<Principal, 'kind' | 'id' | 'permissions'> & { readonly actingServiceId?: string }

/** What was asked of the policies and what they said. */
export type Decision<Who extends PolicyPrincipal = PolicyPrincipal> = {
  readonly principal: Who
  readonly action: string
  readonly resource: Resource
  readonly isAllowed: boolean
  readonly policyIds: readonly string[]
}

export type Authorizer = Disposable & {
  decide<Who extends PolicyPrincipal>(principal: Who, action: string, resource: Resource): Decision<Who>
  /**
   * The decision when it allows; throws UNAUTHENTICATED for anonymous, and Denied for others. A mutation gives it to
   * `recordDecision` in the transaction that does what was allowed.
   */
  authorize(actor: Actor, action: string, resource: Resource): Decision<Principal>
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
  // The engine keeps parsed sets by name, for as long as the process lives.
  const policySetId = randomUUID()
  preparse(policySetId, schema, policies)

  const ask = (
    actor: PolicyPrincipal,
    action: string,
    resource: Resource,
  ): Pick<Decision, 'isAllowed' | 'policyIds'> => {
    const principal = { type: PRINCIPAL_TYPES[actor.kind], id: actor.id }
    const target = { type: resource.type, id: resource.id ?? '*' }
    const answer = statefulIsAuthorized({
      principal,
      action: { type: 'Action', id: action },
      resource: target,
      context: {},
      preparsedPolicySetId: policySetId,
      entities: entitiesOf(principal, actor, target, resource.attributes ?? {}),
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
    replacePolicies: (text) => preparse(policySetId, schema, text),
    // Without any policies everything is denied: one that is used no more cannot allow.
    [Symbol.dispose]: () => void preparsePolicySet(policySetId, { staticPolicies: {} }),
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

const serviceUid = (id: string): Uid => ({ type: PRINCIPAL_TYPES.service, id })

type Uid = { readonly type: string; readonly id: string }

const entitiesOf = (
  principal: Uid,
  { permissions, actingServiceId }: PolicyPrincipal,
  resource: Uid,
  attributes: Readonly<Record<string, CedarValueJson>>,
): EntityJson[] => {
  const parents = permissions.map((id) => ({ type: 'Permission', id }))
  const acting = actingServiceId === undefined ? {} : { actingService: { __entity: serviceUid(actingServiceId) } }
  const user = { uid: principal, attrs: acting, parents }
  const isSelf = resource.type === principal.type && resource.id === principal.id
  return isSelf ? [user] : [user, { uid: resource, attrs: { ...attributes }, parents: [] }]
}

/** Every fault of the policies as text for people; none where they can be used. */
export const faultsOf = ({ schema, policies }: { schema: string; policies: string }): readonly string[] => {
  const { named, faults } = byId(policies)
  if (faults.length > 0) return faults
  const checked = validate({ schema, policies: { staticPolicies: named }, validationSettings: { mode: 'strict' } })
  if (checked.type === 'failure') return checked.errors.map(({ message }) => message)
  // The engine tells them in no particular order.
  return checked.validationErrors.map(({ error }) => error.message).toSorted()
}

/** Checks the policies against the schema and has the engine know them by the name, in place of what it knew by it. */
const preparse = (name: string, schema: string, policies: string): void => {
  const faults = faultsOf({ schema, policies })
  if (faults.length > 0) throw new PolicyError(faults)
  const parsed = preparsePolicySet(name, { staticPolicies: byId(policies).named })
  if (parsed.type === 'failure') throw new PolicyError(parsed.errors.map(({ message }) => message))
}

/** The policies by their `@id`, which decisions give as their reason; without it the engine would only number them. */
export const byId = (policies: string): { named: Readonly<Record<string, string>>; faults: readonly string[] } => {
  const parts = policySetTextToParts(policies)
  if (parts.type === 'failure') return { named: {}, faults: parts.errors.map(({ message }) => message) }
  const named: Record<string, string> = {}
  const faults: string[] = parts.policy_templates.map((text) => `templates are not used here: ${text}`)
  for (const text of parts.policies) {
    const parsed = policyToJson(text)
    if (parsed.type === 'failure') {
      faults.push(...parsed.errors.map(({ message }) => message))
      continue
    }
    const id = parsed.json.annotations?.id
    if (!id || Object.hasOwn(named, id)) faults.push(`this policy needs an @id of its own: ${text}`)
    else named[id] = text
  }
  return { named, faults }
}

/** The policies cannot be used; nothing is decided by them. */
export class PolicyError extends Error {
  constructor(faults: readonly string[]) {
    super(`The policies are broken:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
  }
}
