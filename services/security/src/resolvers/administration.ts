import { isBaseGroup } from '../groups.ts'
import type { SecurityResolvers } from '../resolvers.ts'
import { isBaseRole } from '../roles.ts'
import type { UseCases } from '../use-cases.ts'
import type { User } from '../user.ts'

/** Administration: who is in which group, which roles it has, and what those permit. */
export const administrationResolvers = (useCases: UseCases) =>
  ({
    Query: {
      users: async (_parent, args, context) => {
        const { edges, ...list } = await useCases.listUsers(context, args)
        const see = (user: User) => ({ user, viewer: context.actor })
        return { ...list, edges: edges.map(({ cursor, node }) => ({ cursor, node: see(node) })) }
      },
      user: (_parent, { id }, { actor, userLoader }) => useCases.findUser(actor, userLoader, id),
      groups: (_parent, args, context) => useCases.listGroups(context, args),
      group: (_parent, { id }, context) => useCases.findGroup(context, id),
      roles: (_parent, args, context) => useCases.listRoles(context, args),
      role: (_parent, { id }, context) => useCases.findRole(context, id),
      permissions: (_parent, args, context) => useCases.listPermissions(context, args),
    },
    Mutation: {
      createGroup: async (_parent, { input }, context) => ({ group: await useCases.createGroup(context, input) }),
      updateGroup: async (_parent, { input }, context) => ({ group: await useCases.updateGroup(context, input) }),
      deleteGroup: async (_parent, { input }, context) => ({
        deletedGroupId: await useCases.deleteGroup(context, input),
      }),
      createRole: async (_parent, { input }, context) => ({ role: await useCases.createRole(context, input) }),
      updateRole: async (_parent, { input }, context) => ({ role: await useCases.updateRole(context, input) }),
      deleteRole: async (_parent, { input }, context) => ({ deletedRoleId: await useCases.deleteRole(context, input) }),
      assignGroupToUser: async (_parent, { input }, context) => ({
        membership: await useCases.assignGroupToUser(context, input),
      }),
      removeGroupFromUser: async (_parent, { input }, context) => ({
        user: await useCases.removeGroupFromUser(context, input),
      }),
      assignRoleToGroup: async (_parent, { input }, context) => ({
        group: await useCases.assignRoleToGroup(context, input),
      }),
      removeRoleFromGroup: async (_parent, { input }, context) => ({
        group: await useCases.removeRoleFromGroup(context, input),
      }),
      assignPermissionToRole: async (_parent, { input }, context) => ({
        role: await useCases.assignPermissionToRole(context, input),
      }),
      removePermissionFromRole: async (_parent, { input }, context) => ({
        role: await useCases.removePermissionFromRole(context, input),
      }),
      enableUser: async (_parent, { input }, context) => ({ user: await useCases.enableUser(context, input) }),
      disableUser: async (_parent, { input }, context) => ({ user: await useCases.disableUser(context, input) }),
      updateUser: async (_parent, { input }, context) => ({ user: await useCases.updateUser(context, input) }),
    },
    Group: {
      builtIn: ({ id }) => isBaseGroup(id),
      roles: ({ id }, _args, context) => useCases.listRolesOfGroup(context, context.directory, id),
      members: (group, args, context) => useCases.listMembers(context, group, args),
    },
    Role: {
      builtIn: ({ id }) => isBaseRole(id),
      permissions: ({ id }, _args, { directory }) => directory.permissionsOfRole.load(id),
      groups: ({ id }, _args, context) => useCases.listGroupsOfRole(context, context.directory, id),
    },
    Membership: {
      user: ({ user, viewer }) => ({ user, viewer }),
      endsAt: ({ endsAt }) => endsAt ?? null,
    },
    UserConnection: { totalCount: ({ totalCount }) => totalCount() },
    GroupConnection: { totalCount: ({ totalCount }) => totalCount() },
    RoleConnection: { totalCount: ({ totalCount }) => totalCount() },
    PermissionConnection: { totalCount: ({ totalCount }) => totalCount() },
    MembershipConnection: { totalCount: ({ totalCount }) => totalCount() },
  }) satisfies SecurityResolvers
