import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import type { Group, GroupId } from '../groups.ts'
import type { DirectoryLoaders } from '../loaders.ts'
import type { Role, RoleId } from '../roles.ts'

type Deps = { authorizer: Authorizer }

/** The roles of a group, for whoever may see roles. */
export const listRolesOfGroup =
  ({ authorizer }: Deps) =>
  async ({ actor }: Pick<Caller, 'actor'>, loaders: DirectoryLoaders, groupId: GroupId): Promise<readonly Role[]> => {
    authorizer.authorize(actor, 'security:role:view', { type: 'Role' })
    return loaders.rolesOfGroup.load(groupId)
  }

/** The groups that have a role, for whoever may see groups. */
export const listGroupsOfRole =
  ({ authorizer }: Deps) =>
  async ({ actor }: Pick<Caller, 'actor'>, loaders: DirectoryLoaders, roleId: RoleId): Promise<readonly Group[]> => {
    authorizer.authorize(actor, 'security:group:view', { type: 'Group' })
    return loaders.groupsOfRole.load(roleId)
  }
