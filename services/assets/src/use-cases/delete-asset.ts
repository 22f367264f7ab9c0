import { assetDeletedV1 } from '@neotool/contracts/events/assets-asset'
import type { Audit } from '@neotool/kit/audit'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { addEvent } from '@neotool/kit/events/outbox'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { z } from 'zod'
import { type AssetId, assetId, assetNotFound, toEventData, toResource } from '../asset.ts'
import type { AssetStore } from '../asset-store.ts'
import type { Tables } from '../database.ts'
import type { DeleteAssetInput } from '../generated/graphql.ts'

type Deps = { database: Database<Tables>; assets: AssetStore; authorizer: Authorizer; audit: Audit }

const target = z.object({ id: assetId })

/** Removes an asset now; its bytes go when the event is consumed, so that a slow storage never keeps a user waiting. */
export const deleteAsset =
  ({ database, assets, authorizer, audit }: Deps) =>
  async ({ actor, trace }: Caller, input: DeleteAssetInput): Promise<AssetId> => {
    const { id } = parseInput(target, input)
    const { principal } = authorizer.authorize(actor, 'assets:asset:view', { type: 'Asset', id })
    return inTransaction(database, async (tx) => {
      const asset = await assets.lock(tx, id)
      if (asset === undefined) throw assetNotFound(id)
      const decision = authorizer.authorize(principal, 'assets:asset:delete', toResource(asset))
      await audit.recordDecision(tx, decision, trace)
      await assets.delete(tx, id)
      await addEvent(tx, assetDeletedV1, { subject: id, data: toEventData(asset, principal.id), trace })
      return id
    })
  }
