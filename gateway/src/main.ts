import { setTimeout as delay } from 'node:timers/promises'
import { onShutdown, runMain } from '@neotool/kit/shutdown'
import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import { buildApp } from './app.ts'
import { loadConfig } from './config.ts'
import { createGateway } from './graphql.ts'
import { readSupergraph } from './supergraph.ts'

runMain(async () => {
  const {
    http,
    drainMs,
    log: logging,
    supergraphFile,
    subgraphUrls,
    corsOrigins,
    isIntrospectionOn,
  } = loadConfig(process.env)
  const log = createLogger(logging)
  const metrics = createMetrics('gateway')
  const supergraph = await readSupergraph(supergraphFile, subgraphUrls)
  const gateway = await createGateway({ supergraph, log, metrics, isIntrospectionOn })
  const server = await buildApp({ log, metrics, gateway, supergraph, corsOrigins, isIntrospectionOn })
  await server.app.listen(http)
  onShutdown(log, [
    ['become unready', server.beginDrain],
    ['answer whoever has not heard of it', () => delay(drainMs)],
    ['answer what is under way', () => server.app.close()],
    ['close the planner', gateway.close],
  ])
})
