import type { GraphqlContext } from '@neotool/kit/graphql'
import { dateTimeScalar } from '@neotool/kit/scalars'
import type { Resolvers } from './generated/graphql.ts'
import type { AssetLoader, ImagesLoader } from './loaders.ts'
import type { ObjectStorage } from './object-storage.ts'
import type { UseCases } from './use-cases.ts'

export type AssetsContext = GraphqlContext & { readonly assetLoader: AssetLoader; readonly imagesLoader: ImagesLoader }

/** The fields of contracts/graphql/assets.graphql: arguments in, use case, view out. */
export const createResolvers = (useCases: UseCases, storage: ObjectStorage): Resolvers<AssetsContext> => ({
  DateTime: dateTimeScalar,
  Query: {
    asset: (_parent, { id }, context) => useCases.findAsset(context, context.assetLoader, id),
  },
  Mutation: {
    createAssetUpload: (_parent, { input }, context) => useCases.createAssetUpload(context, input),
    confirmAssetUpload: async (_parent, { input }, context) => ({
      asset: await useCases.confirmAssetUpload(context, input),
    }),
    deleteAsset: async (_parent, { input }, context) => ({
      deletedAssetId: await useCases.deleteAsset(context, input),
    }),
  },
  Asset: {
    __resolveReference: ({ id }, context) => useCases.findAsset(context, context.assetLoader, id),
    // Who has the asset may read its bytes: no further question.
    url: (asset) => (asset.status === 'READY' ? storage.signRead(asset) : null),
    product: ({ productId }) => ({ id: productId }),
    createdBy: ({ createdById }) => ({ id: createdById }),
  },
  Product: {
    images: ({ id }, { first }, context) =>
      useCases.listImages(context, context.imagesLoader, { productId: id, first }),
  },
})
