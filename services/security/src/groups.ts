import { id } from '@neotool/kit/input'
import type { z } from 'zod'

export const groupId = id.brand<'GroupId'>()
export type GroupId = z.output<typeof groupId>

// The base groups that the first migration makes; their ids are the same in every installation.
export const ADMINISTRATORS = '00000000-0000-7000-8000-000000000011' as GroupId
export const MEMBERS = '00000000-0000-7000-8000-000000000012' as GroupId

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
