import { requireUser } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { type Connection, type PageArgs, parsePage, toConnection } from '@neotool/kit/connection'
import type { Database } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { OpenSession } from '../session.ts'
import { type SessionStore, sessionOrder } from '../session-store.ts'
import { userId } from '../user.ts'

type Deps = { database: Database<Tables>; sessions: SessionStore; authorizer: Authorizer; now: () => Date }

/** The caller's own open sessions, newest first. */
export const listSessions =
  ({ database, sessions, authorizer, now }: Deps) =>
  async ({ actor }: Caller, args: PageArgs): Promise<Connection<OpenSession>> => {
    const id = userId.parse(requireUser(actor).id)
    authorizer.authorize(actor, 'security:user:view-private', { type: 'User', id })
    const page = parsePage(args, sessionOrder)
    const rows = await sessions.listOpenPage(database, page, id, now())
    return toConnection(rows, page, (session) => ({ id: session.id, value: session.createdAt.toISOString() }))
  }
