import { setTimeout as delay } from 'node:timers/promises'
import { readPolicies } from '@neotool/contracts/policies'
import { createAudit } from '@neotool/kit/audit'
import { createAuthenticate } from '@neotool/kit/auth'
import { createAuthorizer } from '@neotool/kit/authz'
import { startEvents } from '@neotool/kit/events/backbone'
import { startPolicyUpdates } from '@neotool/kit/events/policy-updates'
import { startRevocations } from '@neotool/kit/events/revocations'
import { startKeySet } from '@neotool/kit/key-set'
import { databaseCheck, openDatabase } from '@neotool/kit/postgres'
import { onShutdown, runMain } from '@neotool/kit/shutdown'
import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import { buildApp } from './app.ts'
import { assetStore as assets } from './asset-store.ts'
import { loadConfig } from './config.ts'
import { createConsumers } from './consumers.ts'
import type { Tables } from './database.ts'
import { s3Storage } from './object-storage.ts'
import { createUseCases } from './use-cases.ts'

runMain(async () => {
  const {
    http,
    drainMs,
    log: logging,
    postgres,
    kafka,
    tokens,
    s3,
    isIntrospectionOn,
    verifiedEmailMutations,
  } = loadConfig(process.env)
  const log = createLogger(logging)
  const metrics = createMetrics('assets')
  const database = openDatabase<Tables>({ url: postgres.url, service: 'assets', log, metrics })
  const storage = s3Storage(s3)
  const authorizer = createAuthorizer({ ...(await readPolicies()), log })
  const policies = startPolicyUpdates(authorizer, kafka, { log, metrics })
  const revocations = startRevocations(kafka, log)
  const { findRevocation } = revocations
  const keySet = startKeySet(tokens.jwksUrl, { log })
  const authenticate = createAuthenticate({ ...tokens, keys: keySet.keys, findRevocation })
  const audit = createAudit('assets')
  const useCases = createUseCases({ database, assets, storage, authorizer, audit })
  const consumers = createConsumers({ assets, storage })
  const { directUrl } = postgres
  const events = startEvents({ service: 'assets', database, directUrl, kafka, consumers, log, metrics })
  const health = {
    checks: {
      database: databaseCheck(database),
      keys: keySet.fetched,
      revocations: revocations.caughtUp,
      policies: policies.caughtUp,
    },
    // Without the storage nothing can be uploaded, but what there is can still be told.
    observed: { kafka: revocations.connected, storage: storage.check },
  }
  const parts = {
    log,
    metrics,
    database,
    assets,
    storage,
    useCases,
    audit,
    authenticate,
    isIntrospectionOn,
    verifiedEmailMutations,
    health,
  }
  const server = await buildApp(parts)
  await server.app.listen(http)
  onShutdown(log, [
    ['become unready', server.beginDrain],
    ['answer whoever has not heard of it', () => delay(drainMs)],
    ['answer what is under way', () => server.app.close()],
    ...events.steps,
    ['look no more for new keys', keySet.stop],
    ['stop reading tables', () => Promise.all([revocations.stop(), policies.stop()])],
    ['close the storage', storage.close],
    ['close the database pool', () => database.destroy()],
  ])
})
