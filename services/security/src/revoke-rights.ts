import { revocations } from '@neotool/contracts/events/tables'
import { addTableEntry } from '@neotool/kit/events/outbox'
import type { Tx } from '@neotool/kit/postgres'
import type { Tables } from './database.ts'
import type { GroupStore } from './group-store.ts'

/** Who lost rights: users and service principals, or everybody in a group. */
export type Losers = { readonly principalIds?: readonly string[]; readonly groupIds?: readonly string[] }

/**
 * Has access tokens refused that were issued before this transaction commits: their owners refresh them and get the rights
 * that are left. Call it in the transaction that takes the rights away. Every process learns of it a moment after the commit.
 */
export const revokeRights = async (
  tx: Tx<Tables>,
  groups: Pick<GroupStore, 'raiseRightsVersion'>,
  { principalIds = [], groupIds = [] }: Losers,
  at: Date,
): Promise<void> => {
  const entry = { rightsVersion: await groups.raiseRightsVersion(tx), revokedAt: at.toISOString() }
  for (const principalId of principalIds) await addTableEntry(tx, revocations, principalId, { principalId, ...entry })
  for (const groupId of groupIds) await addTableEntry(tx, revocations, groupId, { groupId, ...entry })
}
