import type { Actor } from '@neotool/kit/auth'
import { type AppError, conflict, notFound } from '@neotool/kit/errors'
import { id } from '@neotool/kit/input'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Named } from './named.ts'
import type { User } from './user.ts'

export const groupId = id.brand<'GroupId'>()
export type GroupId = z.output<typeof groupId>

// The base groups that the first migration makes; their ids are the same in every installation.
export const ADMINISTRATORS = '00000000-0000-7000-8000-000000000011' as GroupId
export const MEMBERS = '00000000-0000-7000-8000-000000000012' as GroupId

export const isBaseGroup = (groupId: GroupId): boolean => groupId === ADMINISTRATORS || groupId === MEMBERS

export type Group = Named<GroupId>

/** From when until when somebody is in a group; without an end until they are taken out. */
export type MembershipTimes = { readonly joinedAt: Date; readonly endsAt: Date | undefined }
export type Membership = MembershipTimes & { readonly user: User; readonly group: Group }
/** A membership and who looks at it. */
export type SeenMembership = Membership & { readonly viewer: Actor }

/** Whether the one membership ends before the other; one without an end never does. */
export const endsSooner = (one: Pick<MembershipTimes, 'endsAt'>, other: Pick<MembershipTimes, 'endsAt'>): boolean =>
  one.endsAt !== undefined && (other.endsAt === undefined || one.endsAt < other.endsAt)

/** Whether the row of group_members gives rights at that moment. */
export const isInForce = (table: string, at: Date) =>
  sql<boolean>`(${sql.ref(`${table}.ends_at`)} is null or ${sql.ref(`${table}.ends_at`)} > ${at})`

/** What somebody may do at this moment: the union over the roles of all their groups. */
export type Rights = {
  readonly groupIds: readonly GroupId[]
  readonly permissions: readonly string[]
  readonly isEmailVerified: boolean
  /** When the first of the memberships ends that give them; undefined where all last. */
  readonly endsAt: Date | undefined
  /** How many changes had taken rights from anybody when these were read. */
  readonly version: number
}

export const groupNotFound = (groupId: GroupId): AppError =>
  notFound('GROUP_NOT_FOUND', `There is no group ${groupId}.`)

export const groupNameTaken = (name: string): AppError =>
  conflict('GROUP_NAME_TAKEN', `Another group is called ${name}.`, {
    fields: [{ path: 'name', message: 'is in use by another group' }],
  })
