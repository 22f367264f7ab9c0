import type { GraphqlContext } from '@neotool/kit/graphql'
import { dateTimeScalar } from '@neotool/kit/scalars'
import type { Resolvers } from './generated/graphql.ts'
import type { ProductLoader } from './product-loader.ts'
import type { UseCases } from './use-cases.ts'

export type AppContext = GraphqlContext & { readonly productLoader: ProductLoader }

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
