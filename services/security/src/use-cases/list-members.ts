import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parsePage } from '@neotool/kit/connection'
import type { Database } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { Group, SeenMembership } from '../groups.ts'
import { type List, parseSearch, type SearchArgs, toList } from '../lists.ts'
import { MEMBER_ORDER, type MembershipStore } from '../membership-store.ts'

type Deps = { database: Database<Tables>; memberships: MembershipStore; authorizer: Authorizer; now: () => Date }

/** Who is in a group at this moment: as private as what it permits to them. */
export const listMembers =
  ({ database, memberships, authorizer, now }: Deps) =>
  async ({ actor }: Pick<Caller, 'actor'>, group: Group, args: SearchArgs): Promise<List<SeenMembership>> => {
    authorizer.authorize(actor, 'security:user:view-private', { type: 'User' })
    const page = parsePage(args, MEMBER_ORDER)
    const which = { groupId: group.id, at: now(), search: parseSearch(args) }
    const rows = await memberships.listPage(database, page, which)
    return toList(
      rows.map(({ item, sortValue }) => ({ item: { ...item, group, viewer: actor }, sortValue })),
      page,
      { idOf: ({ user }) => user.id, count: () => memberships.count(database, which) },
    )
  }
