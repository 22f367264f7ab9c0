import { readPolicies } from '@neotool/contracts/policies'
import { createAuthenticate, remoteKeys } from '@neotool/kit/auth'
import { createAuthorizer } from '@neotool/kit/authz'
import { openDatabase } from '@neotool/kit/postgres'
import { onShutdown, runMain } from '@neotool/kit/shutdown'
import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import { activityStore as activity } from './activity-store.ts'
import { buildApp } from './app.ts'
import { loadConfig } from './config.ts'
import type { Tables } from './database.ts'
import { productStore as products } from './product-store.ts'
import { createUseCases } from './use-cases.ts'

runMain(async () => {
  const { http, log: logging, postgres, tokens, isIntrospectionOn } = loadConfig(process.env)
  const log = createLogger(logging)
  const metrics = createMetrics('app')
  const database = openDatabase<Tables>({ url: postgres.url, service: 'app', log, metrics })
  const authenticate = createAuthenticate({ ...tokens, keys: remoteKeys(tokens.jwksUrl) })
  const authorizer = createAuthorizer({ ...(await readPolicies()), log })
  const useCases = createUseCases({ database, products, activity, authorizer })
  const server = await buildApp({ log, metrics, database, products, useCases, authenticate, isIntrospectionOn })
  await server.app.listen(http)
  onShutdown(log, [
    ['become unready', server.beginDrain],
    ['answer what is under way', () => server.app.close()],
    ['close the database pool', () => database.destroy()],
  ])
})
