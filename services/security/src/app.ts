import { readSdl } from '@neotool/contracts/sdl'
import { type Audit, recordDenial } from '@neotool/kit/audit'
import type { Authenticate } from '@neotool/kit/auth'
import { registerGraphql } from '@neotool/kit/graphql'
import { createHttpServer, type HealthChecks, type HttpServer, type TrustedProxies } from '@neotool/kit/http'
import type { Database } from '@neotool/kit/postgres'
import type { Logger, Metrics } from '@neotool/kit/telemetry'
import { registerAuditExport } from './audit-export.ts'
import type { Tables } from './database.ts'
import type { KeyManager } from './key-manager.ts'
import { JWKS_MAX_AGE_SECONDS } from './key-ring.ts'
import { directoryLoaders, rightsLoader, userLoader } from './loaders.ts'

import { registerOAuth } from './oauth/routes.ts'
import { createResolvers } from './resolvers.ts'
import type { Stores } from './stores.ts'
import type { UseCases } from './use-cases.ts'

type Parts = {
  readonly log: Logger
  readonly metrics: Metrics
  readonly database: Database<Tables>
  readonly stores: Stores
  readonly trustedProxies: TrustedProxies
  /** The `iss` of our tokens, and our address. */
  readonly issuer: string
  readonly keyManager: KeyManager
  readonly useCases: UseCases
  readonly audit: Audit
  readonly authenticate: Authenticate
  readonly isIntrospectionOn: boolean
  readonly verifiedEmailMutations?: readonly string[]
  readonly now: () => Date
  readonly health: HealthChecks
}

/** The server, put together but not listening: tests inject requests into it. */
export const buildApp = async (parts: Parts): Promise<HttpServer> => {
  const { log, metrics, database, stores, keyManager, useCases, audit, authenticate, isIntrospectionOn, health, now } =
    parts
  const server = createHttpServer({ log, metrics, trustedProxies: parts.trustedProxies, ...health })
  await registerGraphql(server.app, {
    typeDefs: await readSdl('security'),
    resolvers: createResolvers(useCases),
    authenticate,
    isIntrospectionOn,
    verifiedEmailMutations: parts.verifiedEmailMutations,
    metrics,
    recordDenial: recordDenial(database, audit),
    extendContext: (base) => ({
      ...base,
      userLoader: userLoader(database, stores.users),
      rightsLoader: rightsLoader(database, stores.groups, now),
      directory: directoryLoaders(database, stores, now),
    }),
  })
  registerAuditExport(server.app, { authenticate, ...useCases })
  server.app.get('/.well-known/jwks.json', async (_request, reply) =>
    // Short, because a key may sign soon after it was published; verifiers ask rarely anyway.
    reply
      .type('application/jwk-set+json')
      .header('cache-control', `public, max-age=${JWKS_MAX_AGE_SECONDS}`)
      .send(await keyManager.publicKeys()),
  )
  await registerOAuth(server.app, parts)
  return server
}
