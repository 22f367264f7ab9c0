import type { Database } from '@neotool/kit/postgres'
import DataLoader from 'dataloader'
import type { Asset, AssetId, ProductId } from './asset.ts'
import type { AssetStore } from './asset-store.ts'
import type { Tables } from './database.ts'

export type AssetLoader = DataLoader<AssetId, Asset | undefined>

/** Reads the assets that one request asks for in one query; make a new one for each request. */
export const assetLoader = (database: Database<Tables>, assets: AssetStore): AssetLoader =>
  new DataLoader(async (ids) => {
    const found = new Map((await assets.loadMany(database, ids)).map((asset) => [asset.id, asset]))
    return ids.map((id) => found.get(id))
  })

export type ImagesKey = { readonly productId: ProductId; readonly first: number }
export type ImagesLoader = DataLoader<ImagesKey, readonly Asset[], string>

/** Reads the pictures of all products that one request asks for in one query; make a new one for each request. */
export const imagesLoader = (database: Database<Tables>, assets: AssetStore): ImagesLoader =>
  new DataLoader(
    async (keys) => {
      const productIds = [...new Set(keys.map(({ productId }) => productId))]
      const ready = await assets.loadReady(database, productIds, Math.max(...keys.map(({ first }) => first)))
      const byProduct = Map.groupBy(ready, ({ productId }) => productId)
      return keys.map(({ productId, first }) => (byProduct.get(productId) ?? []).slice(0, first))
    },
    { cacheKeyFn: ({ productId, first }) => `${productId}/${first}` },
  )
