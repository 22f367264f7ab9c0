import { readPolicies } from '@neotool/contracts/policies'
import { createAudit } from '@neotool/kit/audit'
import { createAuthorizer } from '@neotool/kit/authz'
import { Secret } from '@neotool/kit/config'
import { createKeyedHash } from '@neotool/kit/keyed-hash'
import { type Database, openDatabase } from '@neotool/kit/postgres'
import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import { createTestDatabase } from '@neotool/testkit/database'
import { graphqlClient, type SendGraphql } from '@neotool/testkit/graphql-client'
import { createTestIssuer, type TestActor, type TestIssuer } from '@neotool/testkit/issuer'
import type { FastifyInstance } from 'fastify'
import { activityStore as activity } from '../src/activity-store.ts'
import { buildApp } from '../src/app.ts'
import { customerStore as customers } from '../src/customer-store.ts'
import type { Tables } from '../src/database.ts'
import { productStore as products } from '../src/product-store.ts'
import { createUseCases } from '../src/use-cases.ts'

const MEMBER = ['app:product:view', 'app:product:save', 'app:product:delete', 'app:customer:view', 'app:customer:save']

export type AppFixture = AsyncDisposable & {
  readonly app: FastifyInstance
  readonly database: Database<Tables>
  readonly issuer: TestIssuer
  readonly send: SendGraphql
  /** A signed-in user with all permissions that Members have. */
  readonly member: TestActor
}

/** The app service over a database of its own, put together as main.ts does, and a member who is signed in. */
export const startApp = async (): Promise<AppFixture> => {
  const testDatabase = await createTestDatabase('app')
  const log = createLogger({ service: 'app', level: 'silent' })
  const metrics = createMetrics('app')
  const database = openDatabase<Tables>({ url: testDatabase.url, service: 'app', log, metrics })
  const issuer = await createTestIssuer()
  const authorizer = createAuthorizer({ ...(await readPolicies()), log })
  const hashPersonalData = createKeyedHash(new Secret(Buffer.alloc(32, 7).toString('base64')))
  const audit = createAudit('app')
  const useCases = createUseCases({ database, products, customers, activity, authorizer, audit, hashPersonalData })
  const { authenticate } = issuer
  const health = { checks: {} }
  const { app } = await buildApp({
    log,
    metrics,
    database,
    products,
    customers,
    useCases,
    audit,
    authenticate,
    isIntrospectionOn: false,
    health,
  })
  return {
    app,
    database,
    issuer,
    send: graphqlClient(app),
    member: await issuer.actorWith(...MEMBER),
    [Symbol.asyncDispose]: async () => {
      await app.close()
      await database.destroy()
      await testDatabase[Symbol.asyncDispose]()
    },
  }
}

let count = 0

/** Input for a new product whose SKU nobody else in this file uses. */
export const aProduct = (fields: Readonly<Record<string, unknown>> = {}) => {
  count += 1
  return { name: `Desk lamp ${count}`, sku: `LMP-${count}`, priceCents: 11_900, stock: 4, ...fields }
}

/** Input for a new customer whose e-mail nobody else in this file uses. */
export const aCustomer = (fields: Readonly<Record<string, unknown>> = {}) => {
  count += 1
  return { name: `Ann Lee ${count}`, email: `ann.${count}@customers.example`, ...fields }
}
