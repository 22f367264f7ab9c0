import { productDeletedV1 } from '@neotool/contracts/events/app-product'
import { assetDeletedV1, assetFailedV1 } from '@neotool/contracts/events/assets-asset'
import { type ConsumerDefinition, defineConsumer } from '@neotool/kit/events/consumer'
import { addEvent } from '@neotool/kit/events/outbox'
import { assetId, productId, toEventData } from './asset.ts'
import type { AssetStore } from './asset-store.ts'
import type { Tables } from './database.ts'
import type { ObjectStorage } from './object-storage.ts'

type Deps = { readonly assets: AssetStore; readonly storage: ObjectStorage }

/** Every event that the assets service consumes, and what it has as its effect. */
export const createConsumers = ({ assets, storage }: Deps): readonly ConsumerDefinition<Tables>[] => [
  defineConsumer({
    group: 'neotool.assets.products',
    events: [productDeletedV1],
    handle: async (tx, { data }, { trace }) => {
      for (const asset of await assets.deleteOfProduct(tx, productId.parse(data.productId))) {
        await addEvent(tx, assetDeletedV1, { subject: asset.id, data: toEventData(asset, data.actorId), trace })
      }
    },
  }),
  defineConsumer({
    group: 'neotool.assets.bytes',
    events: [assetFailedV1, assetDeletedV1],
    // Outside of the transaction, so it may happen twice; the second time there is nothing left.
    handle: (_tx, { data }) => storage.delete(assetId.parse(data.assetId)),
  }),
]
