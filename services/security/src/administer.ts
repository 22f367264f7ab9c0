import type { Audit } from '@neotool/kit/audit'
import { requireFreshUser, type UserActor } from '@neotool/kit/auth'
import { type Authorizer, Denied, type Resource } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { AppError } from '@neotool/kit/errors'
import { type Database, inTransaction, type Tx } from '@neotool/kit/postgres'
import type { Tables } from './database.ts'
import { requireHeld } from './grants.ts'
import type { GroupStore } from './group-store.ts'
import { ADMINISTRATORS } from './groups.ts'
import { sessionEnded } from './session.ts'
import { lastAdministrator, userId } from './user.ts'
import type { UserDirectoryStore } from './user-directory-store.ts'
import type { UserStore } from './user-store.ts'

export type AdministerDeps = {
  readonly database: Database<Tables>
  readonly users: UserStore
  readonly userDirectory: UserDirectoryStore
  readonly groups: GroupStore
  readonly authorizer: Authorizer
  readonly audit: Audit
  readonly now: () => Date
}

/** One change of who may do what, while no other such change happens. */
export type Change = {
  readonly tx: Tx<Tables>
  readonly actor: UserActor
  readonly at: Date
  /** Has the audit log name what the change has made. */
  made<Made extends { readonly id: string }>(thing: Made): Made
  /** Throws PERMISSION_NOT_HELD where the actor lacks one of these permissions, which the change takes from somebody. */
  mayTake(permissions: readonly string[]): void
  /** Throws PERMISSION_NOT_HELD where the actor does not hold these permissions until then; without an end, for good. */
  mayGive(permissions: readonly string[], until?: Date): Promise<void>
}

type Asked = { readonly action: string; readonly resource: Resource }

/**
 * Every change of who may do what happens in here: one at a time, by somebody who proved within five minutes who they are, and
 * who may do it by the rights that they hold in the database now, because their token may have been
 * issued before they lost them. Afterwards there must be an administrator. What is refused goes into the audit log as well.
 */
export const administer =
  ({ database, userDirectory, groups, authorizer, audit, now }: AdministerDeps) =>
  async <Result>(
    { actor, trace }: Pick<Caller, 'actor' | 'trace'>,
    { action, resource }: Asked,
    work: (change: Change) => Promise<Result>,
  ): Promise<Result> => {
    authorizer.authorize(actor, action, resource)
    const user = requireFreshUser(actor, now())
    const id = userId.parse(user.id)
    try {
      return await inTransaction(database, async (tx) => {
        await groups.lockRights(tx)
        const at = now()
        if (!(await userDirectory.isSignedIn(tx, id, user.sessionId))) throw sessionEnded()
        const { permissions } = await groups.rightsOf(tx, id, at)
        const present = { ...user, permissions }
        const decision = authorizer.authorize(present, action, resource)
        let concerned = resource
        const result = await work({
          tx,
          actor: present,
          at,
          made: (thing) => {
            concerned = { ...resource, id: thing.id }
            return thing
          },
          mayTake: (moved) => requireHeld(permissions, moved),
          mayGive: async (moved, until) => requireHeld(await groups.permissionsUntil(tx, id, at, until), moved),
        })
        await audit.recordDecision(tx, { ...decision, resource: concerned }, trace)
        if ((await groups.listLastingMembers(tx, ADMINISTRATORS)).length === 0) throw lastAdministrator()
        return result
      })
    } catch (error) {
      if (error instanceof AppError && error.kind !== 'unavailable' && !(error instanceof Denied)) {
        const entry = { actor, action, resource, outcome: 'failed', reason: error.reason } as const
        await inTransaction(database, (tx) => audit.record(tx, entry, trace))
      }
      throw error
    }
  }
