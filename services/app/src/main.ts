import { setTimeout as delay } from 'node:timers/promises'
import { readPolicies } from '@neotool/contracts/policies'
import { createAudit } from '@neotool/kit/audit'
import { createAuthenticate } from '@neotool/kit/auth'
import { createAuthorizer } from '@neotool/kit/authz'
import { startEvents } from '@neotool/kit/events/backbone'
import { startPolicyUpdates } from '@neotool/kit/events/policy-updates'
import { startRevocations } from '@neotool/kit/events/revocations'
import { startKeySet } from '@neotool/kit/key-set'
import { createKeyedHash } from '@neotool/kit/keyed-hash'
import { databaseCheck, openDatabase } from '@neotool/kit/postgres'
import { onShutdown, runMain } from '@neotool/kit/shutdown'
import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import { activityStore as activity } from './activity-store.ts'
import { buildApp } from './app.ts'
import { loadConfig } from './config.ts'
import { createConsumers } from './consumers.ts'
import { customerStore as customers } from './customer-store.ts'
import type { Tables } from './database.ts'
import { productStore as products } from './product-store.ts'
import { createUseCases } from './use-cases.ts'

runMain(async () => {
  const config = loadConfig(process.env)
  const { postgres, kafka, tokens, isIntrospectionOn, verifiedEmailMutations } = config
  const log = createLogger(config.log)
  const metrics = createMetrics('app')
  const database = openDatabase<Tables>({ url: postgres.url, service: 'app', log, metrics })
  const authorizer = createAuthorizer({ ...(await readPolicies()), log })
  const policies = startPolicyUpdates(authorizer, kafka, { log, metrics })
  const revocations = startRevocations(kafka, log)
  const { findRevocation } = revocations
  const keySet = startKeySet(tokens.jwksUrl, { log })
  const authenticate = createAuthenticate({ ...tokens, keys: keySet.keys, findRevocation })
  const hashPersonalData = createKeyedHash(config.personalDataKey)
  const audit = createAudit('app')
  const useCases = createUseCases({ database, products, customers, activity, authorizer, audit, hashPersonalData })
  const consumers = createConsumers({ activity })
  const { directUrl } = postgres
  const events = startEvents({ service: 'app', database, directUrl, kafka, consumers, log, metrics })
  const health = {
    checks: {
      database: databaseCheck(database),
      keys: keySet.fetched,
      revocations: revocations.caughtUp,
      policies: policies.caughtUp,
    },
    observed: { kafka: revocations.connected },
  }
  const stores = { products, customers }
  const server = await buildApp({
    log,
    metrics,
    database,
    ...stores,
    useCases,
    audit,
    authenticate,
    isIntrospectionOn,
    verifiedEmailMutations,
    health,
  })
  await server.app.listen(config.http)
  onShutdown(log, [
    ['become unready', server.beginDrain],
    ['answer whoever has not heard of it', () => delay(config.drainMs)],
    ['answer what is under way', () => server.app.close()],
    ...events.steps,
    ['look no more for new keys', keySet.stop],
    ['stop reading tables', () => Promise.all([revocations.stop(), policies.stop()])],
    ['close the database pool', () => database.destroy()],
  ])
})
