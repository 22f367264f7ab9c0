import type { Audit } from '@neotool/kit/audit'
import type { Authorizer } from '@neotool/kit/authz'
import type { Database } from '@neotool/kit/postgres'
import type { AssetStore } from './asset-store.ts'
import type { Tables } from './database.ts'
import type { ObjectStorage } from './object-storage.ts'
import { confirmAssetUpload } from './use-cases/confirm-asset-upload.ts'
import { createAssetUpload } from './use-cases/create-asset-upload.ts'
import { deleteAsset } from './use-cases/delete-asset.ts'
import { findAsset } from './use-cases/find-asset.ts'
import { listImages } from './use-cases/list-images.ts'

export type UseCaseDeps = {
  readonly database: Database<Tables>
  readonly assets: AssetStore
  readonly storage: ObjectStorage
  readonly authorizer: Authorizer
  readonly audit: Audit
}

/** All that the assets service can do, each given what it needs. */
export const createUseCases = (deps: UseCaseDeps) => ({
  createAssetUpload: createAssetUpload(deps),
  confirmAssetUpload: confirmAssetUpload(deps),
  deleteAsset: deleteAsset(deps),
  findAsset: findAsset(deps),
  listImages: listImages(deps),
})

export type UseCases = ReturnType<typeof createUseCases>
