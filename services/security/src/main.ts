import { setTimeout as delay } from 'node:timers/promises'
import { readPolicies } from '@neotool/contracts/policies'
import { createAudit } from '@neotool/kit/audit'
import { createAuthenticate } from '@neotool/kit/auth'
import { createAuthorizer } from '@neotool/kit/authz'
import { startEvents } from '@neotool/kit/events/backbone'
import { startPolicyUpdates } from '@neotool/kit/events/policy-updates'
import { startRevocations } from '@neotool/kit/events/revocations'
import { createKeyedHash } from '@neotool/kit/keyed-hash'
import { databaseCheck, openDatabase } from '@neotool/kit/postgres'
import { onShutdown, runMain } from '@neotool/kit/shutdown'
import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import { createAccessTokenIssuer } from './access-token.ts'
import { buildApp } from './app.ts'
import { loadConfig } from './config.ts'
import { createConsumers } from './consumers.ts'
import { warnOfCoreDumps } from './core-dumps.ts'
import { createDataCipher } from './data-cipher.ts'
import type { Tables } from './database.ts'
import { readCommonPasswords } from './guessable-password.ts'
import { createIdTokenVerifier } from './id-token-verifier.ts'
import { verificationKeys } from './key-manager.ts'
import { openConfiguredKeyManager } from './key-settings.ts'
import { createLimits } from './limits.ts'
import { createSmtpMailer } from './mailer.ts'
import { createAccessTokenReader } from './oauth/read-access-token.ts'
import { createPasswordHasher } from './password-hasher.ts'
import { createTokenSuccession } from './refresh-token.ts'
import { createRelyingParty } from './relying-party.ts'
import { createServiceTokenSigner } from './service-token.ts'
import { createSignInLock } from './sign-in-lock.ts'
import { stores } from './stores.ts'
import { createUseCases } from './use-cases.ts'

runMain(async () => {
  const config = loadConfig(process.env)
  const { postgres, kafka, tokens, isIntrospectionOn, verifiedEmailMutations } = config
  const log = createLogger(config.log)
  const metrics = createMetrics('security')
  const database = openDatabase<Tables>({ url: postgres.url, service: 'security', log, metrics })
  await warnOfCoreDumps(log)
  const now = () => new Date()
  const keyManager = await openConfiguredKeyManager(config.keys, { log, now })
  const passwords = await createPasswordHasher(metrics)
  const builtIn = await readPolicies()
  const authorizer = createAuthorizer({ ...builtIn, log })
  const policies = startPolicyUpdates(authorizer, kafka, { log, metrics })
  const revocations = startRevocations(kafka, log)
  const { findRevocation } = revocations
  const verification = { issuer: tokens.issuer, keys: verificationKeys(keyManager), findRevocation }
  const authenticateFor = (audience: string) => createAuthenticate({ ...verification, audience })
  const authenticate = authenticateFor(tokens.audience)
  const issueAccessToken = createAccessTokenIssuer({ ...tokens, keyManager })
  const succeedToken = createTokenSuccession(config.refreshTokenKey)
  const audit = createAudit('security')
  const keyedHash = createKeyedHash(config.personalDataKey)
  const limits = createLimits({ database, keyedHash, unlimitedNetworks: config.unlimitedNetworks })
  const useCases = createUseCases({
    database,
    ...stores,
    passwords,
    commonPasswords: await readCommonPasswords(),
    mailer: createSmtpMailer(config.mail),
    webUrl: config.webUrl,
    audience: tokens.audience,
    identityProviders: config.identityProviders,
    verifyIdToken: createIdTokenVerifier(config.identityProviders, now),
    keyManager,
    issuer: tokens.issuer,
    issueAccessToken,
    signServiceToken: createServiceTokenSigner({ ...tokens, keyManager }),
    authenticate,
    readAccessToken: createAccessTokenReader(authenticateFor),
    succeedToken,
    relyingParty: createRelyingParty(config.webUrl),
    dataCipher: createDataCipher(config.dataKey),
    authorizer,
    builtIn,
    audit,
    keyedHash,
    limits,
    signInLock: createSignInLock({ database, ...stores, keyedHash, now }),
    log,
    now,
  })
  // Best effort: without a database nothing works yet, and the start must not wait for it.
  void useCases
    .publishActivePolicy()
    .catch((error) => log.warn({ err: error }, 'the policies were not published again'))
  const { directUrl } = postgres
  const consumers = createConsumers(useCases)
  const events = startEvents({ service: 'security', database, directUrl, kafka, consumers, log, metrics })
  const health = {
    checks: {
      database: databaseCheck(database),
      revocations: revocations.caughtUp,
      policies: policies.caughtUp,
    },
    // Without its keystore it signs with the keys that it has in memory.
    observed: { kafka: revocations.connected, keystore: keyManager.check },
  }
  const { trustedProxies } = config
  const parts = {
    log,
    metrics,
    database,
    stores,
    keyManager,
    trustedProxies,
    issuer: tokens.issuer,
    useCases,
    audit,
    authenticate,
    isIntrospectionOn,
    verifiedEmailMutations,
    now,
    health,
  }
  const server = await buildApp(parts)
  await server.app.listen(config.http)
  onShutdown(log, [
    ['become unready', server.beginDrain],
    ['answer whoever has not heard of it', () => delay(config.drainMs)],
    ['answer what is under way', () => server.app.close()],
    ...events.steps,
    ['look no more for new keys', keyManager.stop],
    ['stop reading tables', () => Promise.all([revocations.stop(), policies.stop()])],
    ['close the database pool', () => database.destroy()],
  ])
})
