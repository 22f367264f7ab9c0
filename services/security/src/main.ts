import { readPolicies } from '@neotool/contracts/policies'
import { createAuthenticate } from '@neotool/kit/auth'
import { createAuthorizer } from '@neotool/kit/authz'
import { openDatabase } from '@neotool/kit/postgres'
import { onShutdown, runMain } from '@neotool/kit/shutdown'
import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import { createAccessTokenIssuer } from './access-token.ts'
import { buildApp } from './app.ts'
import { loadConfig } from './config.ts'
import type { Tables } from './database.ts'
import { openEmbeddedKeyManager } from './embedded-key-manager.ts'
import { groupStore as groups } from './group-store.ts'
import { verificationKeys } from './key-manager.ts'
import { createPasswordHasher } from './password-hasher.ts'
import { createTokenSuccession } from './refresh-token.ts'
import { sessionStore as sessions } from './session-store.ts'
import { createUseCases } from './use-cases.ts'
import { userStore as users } from './user-store.ts'

runMain(async () => {
  const { http, log: logging, postgres, tokens, keystore, refreshTokenKey, isIntrospectionOn } = loadConfig(process.env)
  const log = createLogger(logging)
  const metrics = createMetrics('security')
  const database = openDatabase<Tables>({ url: postgres.url, service: 'security', log, metrics })
  const keyManager = await openEmbeddedKeyManager({ ...keystore, log })
  const passwords = await createPasswordHasher(metrics)
  const authenticate = createAuthenticate({ ...tokens, keys: verificationKeys(keyManager) })
  const authorizer = createAuthorizer({ ...(await readPolicies()), log })
  const issueAccessToken = createAccessTokenIssuer({ ...tokens, keyManager })
  const succeedToken = createTokenSuccession(refreshTokenKey)
  const useCases = createUseCases({
    database,
    users,
    groups,
    sessions,
    passwords,
    issueAccessToken,
    succeedToken,
    authorizer,
    log,
    now: () => new Date(),
  })
  const parts = { log, metrics, database, users, groups, keyManager, useCases, authenticate, isIntrospectionOn }
  const server = await buildApp(parts)
  await server.app.listen(http)
  onShutdown(log, [
    ['become unready', server.beginDrain],
    ['answer what is under way', () => server.app.close()],
    ['close the database pool', () => database.destroy()],
  ])
})
