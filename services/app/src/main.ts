import { readPolicies } from '@neotool/contracts/policies'
import { createAuthenticate, remoteKeys } from '@neotool/kit/auth'
import { createAuthorizer } from '@neotool/kit/authz'
import { startEvents } from '@neotool/kit/events/backbone'
import { startPolicyUpdates } from '@neotool/kit/events/policy-updates'
import { startRevocations } from '@neotool/kit/events/revocations'
import { databaseCheck, openDatabase } from '@neotool/kit/postgres'
import { onShutdown, runMain } from '@neotool/kit/shutdown'
import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import { activityStore as activity } from './activity-store.ts'
import { buildApp } from './app.ts'
import { loadConfig } from './config.ts'
import { createConsumers } from './consumers.ts'
import type { Tables } from './database.ts'
import { productStore as products } from './product-store.ts'
import { createUseCases } from './use-cases.ts'

runMain(async () => {
  const { http, log: logging, postgres, kafka, tokens, isIntrospectionOn } = loadConfig(process.env)
  const log = createLogger(logging)
  const metrics = createMetrics('app')
  const database = openDatabase<Tables>({ url: postgres.url, service: 'app', log, metrics })
  const authorizer = createAuthorizer({ ...(await readPolicies()), log })
  const policies = startPolicyUpdates(authorizer, kafka, log)
  const revocations = startRevocations(kafka, log)
  const { isRevoked } = revocations
  const authenticate = createAuthenticate({ ...tokens, keys: remoteKeys(tokens.jwksUrl), isRevoked })
  const useCases = createUseCases({ database, products, activity, authorizer })
  const consumers = createConsumers({ activity })
  const { directUrl } = postgres
  const events = startEvents({ service: 'app', database, directUrl, kafka, consumers, log, metrics })
  const health = {
    checks: { database: databaseCheck(database), revocations: revocations.caughtUp, policies: policies.caughtUp },
    observed: { kafka: revocations.connected },
  }
  const server = await buildApp({ log, metrics, database, products, useCases, authenticate, isIntrospectionOn, health })
  await server.app.listen(http)
  onShutdown(log, [
    ['become unready', server.beginDrain],
    ['answer what is under way', () => server.app.close()],
    ...events.steps,
    ['stop reading tables', () => Promise.all([revocations.stop(), policies.stop()])],
    ['close the database pool', () => database.destroy()],
  ])
})
