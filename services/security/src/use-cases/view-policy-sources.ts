import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { type BuiltInPolicies, POLICIES } from '../policy-version.ts'

type Deps = { builtIn: BuiltInPolicies; authorizer: Authorizer }

/** What policies are written from: the schema, and the policies that decide where none were activated. */
export const viewPolicySources =
  ({ builtIn, authorizer }: Deps) =>
  ({ actor }: Caller): BuiltInPolicies => {
    authorizer.authorize(actor, 'security:policy:view', POLICIES)
    return builtIn
  }
