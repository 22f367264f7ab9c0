import type { GraphqlContext } from '@neotool/kit/graphql'
import { dateTimeScalar } from '@neotool/kit/scalars'
import type { CustomerLoader } from './customer-loader.ts'
import type { Resolvers } from './generated/graphql.ts'
import type { ProductLoader } from './product-loader.ts'
import type { UseCases } from './use-cases.ts'

export type AppContext = GraphqlContext & {
  readonly productLoader: ProductLoader
  readonly customerLoader: CustomerLoader
}

/** The fields of contracts/graphql/app.graphql: arguments in, use case, view out. */
export const createResolvers = (useCases: UseCases): Resolvers<AppContext> => ({
  DateTime: dateTimeScalar,
  Query: {
    product: (_parent, { id }, context) => useCases.findProduct(context, context.productLoader, id),
    products: (_parent, args, context) => useCases.listProducts(context, args),
    customer: (_parent, { id }, context) => useCases.findCustomer(context, context.customerLoader, id),
    customers: (_parent, args, context) => useCases.listCustomers(context, args),
    activity: (_parent, args, context) => useCases.listActivity(context, args),
  },
  Mutation: {
    createProduct: async (_parent, { input }, context) => ({ product: await useCases.createProduct(context, input) }),
    updateProduct: async (_parent, { input }, context) => ({ product: await useCases.updateProduct(context, input) }),
    deleteProduct: async (_parent, { input }, context) => ({
      deletedProductId: await useCases.deleteProduct(context, input),
    }),
    createCustomer: async (_parent, { input }, context) => ({
      customer: await useCases.createCustomer(context, input),
    }),
    updateCustomer: async (_parent, { input }, context) => ({
      customer: await useCases.updateCustomer(context, input),
    }),
    deleteCustomer: async (_parent, { input }, context) => ({
      deletedCustomerId: await useCases.deleteCustomer(context, input),
    }),
  },
  Product: {
    __resolveReference: ({ id }, context) => useCases.findProduct(context, context.productLoader, id),
    createdBy: ({ createdById }) => ({ id: createdById }),
  },
  Customer: {
    __resolveReference: ({ id }, context) => useCases.findCustomer(context, context.customerLoader, id),
    createdBy: ({ createdById }) => ({ id: createdById }),
  },
  Activity: {
    product: ({ productId }, _args, context) => useCases.findProduct(context, context.productLoader, productId),
    actor: ({ actorId }) => ({ id: actorId }),
  },
  ProductConnection: {
    totalCount: ({ totalCount }) => totalCount(),
  },
  CustomerConnection: {
    totalCount: ({ totalCount }) => totalCount(),
  },
})
