import type { Audit } from '@neotool/kit/audit'
import { requireUser } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { z } from 'zod'
import type { Tables } from '../database.ts'
import type { UpdateProfileInput } from '../generated/graphql.ts'
import { sessionEnded } from '../session.ts'
import { profileChange, requireVersion, type SeenUser, userId } from '../user.ts'
import type { UserStore } from '../user-store.ts'

type Deps = { database: Database<Tables>; users: UserStore; authorizer: Authorizer; audit: Audit }

const target = z.object({ version: z.int() })

/** Changes the caller's name or language; throws CONFLICT with the present state where `version` is not the present one. */
export const updateProfile =
  ({ database, users, authorizer, audit }: Deps) =>
  async ({ actor, trace }: Caller, input: UpdateProfileInput): Promise<SeenUser> => {
    const id = userId.parse(requireUser(actor).id)
    const decision = authorizer.authorize(actor, 'security:account:save', { type: 'User', id })
    const { version } = parseInput(target, input)
    const change = parseInput(profileChange, input)
    return inTransaction(database, async (tx) => {
      const user = await users.lock(tx, id)
      if (user === undefined) throw sessionEnded()
      requireVersion(user, version)
      await audit.recordDecision(tx, decision, trace)
      return { user: await users.saveProfile(tx, id, change), viewer: actor }
    })
  }
