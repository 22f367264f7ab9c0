import type { GraphqlContext } from '@neotool/kit/graphql'
import { dateTimeScalar } from '@neotool/kit/scalars'
import type { Resolvers } from './generated/graphql.ts'
import type { ProductLoader } from './product-loader.ts'
import type { createProduct } from './use-cases/create-product.ts'
import type { deleteProduct } from './use-cases/delete-product.ts'
import type { findProduct } from './use-cases/find-product.ts'
import type { listProducts } from './use-cases/list-products.ts'
import type { updateProduct } from './use-cases/update-product.ts'

export type AppContext = GraphqlContext & { readonly productLoader: ProductLoader }

export type UseCases = {
  readonly createProduct: ReturnType<typeof createProduct>
  readonly updateProduct: ReturnType<typeof updateProduct>
  readonly deleteProduct: ReturnType<typeof deleteProduct>
  readonly findProduct: ReturnType<typeof findProduct>
  readonly listProducts: ReturnType<typeof listProducts>
}

/** The fields of contracts/graphql/app.graphql: arguments in, use case, view out. */
export const createResolvers = (useCases: UseCases): Resolvers<AppContext> => ({
  DateTime: dateTimeScalar,
  Query: {
    product: (_parent, { id }, { actor, productLoader }) => useCases.findProduct(actor, productLoader, id),
    products: (_parent, args, { actor }) => useCases.listProducts(actor, args),
  },
  Mutation: {
    createProduct: async (_parent, { input }, { actor }) => ({ product: await useCases.createProduct(actor, input) }),
    updateProduct: async (_parent, { input }, { actor }) => ({ product: await useCases.updateProduct(actor, input) }),
    deleteProduct: async (_parent, { input }, { actor }) => ({
      deletedProductId: await useCases.deleteProduct(actor, input),
    }),
  },
  Product: {
    __resolveReference: ({ id }, { actor, productLoader }) => useCases.findProduct(actor, productLoader, id),
    createdBy: ({ createdById }) => ({ id: createdById }),
  },
  ProductConnection: {
    totalCount: ({ totalCount }) => totalCount(),
  },
})
