import { readSdl } from '@neotool/contracts/sdl'
import { type Audit, recordDenial } from '@neotool/kit/audit'
import type { Authenticate } from '@neotool/kit/auth'
import { registerGraphql } from '@neotool/kit/graphql'
import { createHttpServer, type HealthChecks, type HttpServer } from '@neotool/kit/http'
import type { Database } from '@neotool/kit/postgres'
import type { Logger, Metrics } from '@neotool/kit/telemetry'
import { customerLoader } from './customer-loader.ts'
import type { CustomerStore } from './customer-store.ts'
import type { Tables } from './database.ts'
import { productLoader } from './product-loader.ts'
import type { ProductStore } from './product-store.ts'
import { createResolvers } from './resolvers.ts'
import type { UseCases } from './use-cases.ts'

type Parts = {
  readonly log: Logger
  readonly metrics: Metrics
  readonly database: Database<Tables>
  readonly products: ProductStore
  readonly customers: CustomerStore
  readonly useCases: UseCases
  readonly audit: Audit
  readonly authenticate: Authenticate
  readonly isIntrospectionOn: boolean
  readonly verifiedEmailMutations?: readonly string[]
  readonly health: HealthChecks
}

/** The server, put together but not listening: tests inject requests into it. */
export const buildApp = async (parts: Parts): Promise<HttpServer> => {
  const { log, metrics, database, products, customers, useCases, audit, authenticate, isIntrospectionOn, health } =
    parts
  const server = createHttpServer({ log, metrics, ...health })
  await registerGraphql(server.app, {
    typeDefs: await readSdl('app'),
    resolvers: createResolvers(useCases),
    authenticate,
    isIntrospectionOn,
    verifiedEmailMutations: parts.verifiedEmailMutations,
    metrics,
    recordDenial: recordDenial(database, audit),
    extendContext: (base) => ({
      ...base,
      productLoader: productLoader(database, products),
      customerLoader: customerLoader(database, customers),
    }),
  })
  return server
}
