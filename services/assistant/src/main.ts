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
import { createAssistant } from './assistant.ts'
import { loadConfig } from './config.ts'
import { createConsumers } from './consumers.ts'
import { conversationStore as conversations } from './conversation-store.ts'
import type { Tables } from './database.ts'
import { gatewayGraph } from './graph.ts'
import { messageStore as messages } from './message-store.ts'
import { offlineModel } from './offline-model.ts'
import { createUseCases } from './use-cases.ts'

runMain(async () => {
  const {
    http,
    drainMs,
    log: logging,
    postgres,
    kafka,
    tokens,
    gatewayUrl,
    isIntrospectionOn,
    verifiedEmailMutations,
  } = loadConfig(process.env)
  const log = createLogger(logging)
  const metrics = createMetrics('assistant')
  const database = openDatabase<Tables>({ url: postgres.url, service: 'assistant', log, metrics })
  const authorizer = createAuthorizer({ ...(await readPolicies()), log })
  const policies = startPolicyUpdates(authorizer, kafka, { log, metrics })
  const revocations = startRevocations(kafka, log)
  const { findRevocation } = revocations
  const keySet = startKeySet(tokens.jwksUrl, { log })
  const authenticate = createAuthenticate({ ...tokens, keys: keySet.keys, findRevocation })
  const assistant = createAssistant({ model: offlineModel, graph: gatewayGraph(gatewayUrl), metrics })
  const audit = createAudit('assistant')
  const useCases = createUseCases({ database, conversations, messages, authorizer, audit, assistant })
  const consumers = createConsumers({ conversations })
  const { directUrl } = postgres
  const events = startEvents({ service: 'assistant', database, directUrl, kafka, consumers, log, metrics })
  const health = {
    checks: {
      database: databaseCheck(database),
      keys: keySet.fetched,
      revocations: revocations.caughtUp,
      policies: policies.caughtUp,
    },
    observed: { kafka: revocations.connected },
  }
  const server = await buildApp({
    log,
    metrics,
    database,
    messages,
    useCases,
    audit,
    authenticate,
    isIntrospectionOn,
    verifiedEmailMutations,
    health,
  })
  await server.app.listen(http)
  onShutdown(log, [
    ['become unready', server.beginDrain],
    ['answer whoever has not heard of it', () => delay(drainMs)],
    ['answer what is under way', () => server.app.close()],
    ...events.steps,
    ['look no more for new keys', keySet.stop],
    ['stop reading tables', () => Promise.all([revocations.stop(), policies.stop()])],
    ['close the database pool', () => database.destroy()],
  ])
})
