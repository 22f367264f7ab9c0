import { requirePrincipal } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parseQuestion } from '../policy-resource.ts'

type Deps = { authorizer: Authorizer }

/** Whether the caller may do something, so that a screen does not offer what would be refused. */
export const checkPermission =
  ({ authorizer }: Deps) =>
  ({ actor }: Caller, asked: unknown): boolean => {
    const principal = requirePrincipal(actor)
    const { action, resource } = parseQuestion(asked)
    return authorizer.decide(principal, action, resource).isAllowed
  }
