import { type KeyObject, randomUUID } from 'node:crypto'
import { readPolicies } from '@neotool/contracts/policies'
import { createAudit } from '@neotool/kit/audit'
import { createAuthenticate } from '@neotool/kit/auth'
import { createAuthorizer } from '@neotool/kit/authz'
import { Secret } from '@neotool/kit/config'
import { createKeyedHash } from '@neotool/kit/keyed-hash'
import { type Database, openDatabase } from '@neotool/kit/postgres'
import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import { auditedIn, personalDataIn } from '@neotool/testkit/audit'
import { createTestDatabase, type TestDatabase } from '@neotool/testkit/database'
import { dataOf, graphqlClient, type SendGraphql } from '@neotool/testkit/graphql-client'
import { TEST_AUDIENCE, TEST_ISSUER } from '@neotool/testkit/issuer'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { createAccessTokenIssuer } from '../src/access-token.ts'
import { buildApp } from '../src/app.ts'
import { createDataCipher } from '../src/data-cipher.ts'
import type { Tables } from '../src/database.ts'
import type { SessionTokens } from '../src/generated/graphql.ts'
import { readCommonPasswords } from '../src/guessable-password.ts'
import { createIdTokenVerifier } from '../src/id-token-verifier.ts'
import type { IdentityProvider } from '../src/identity-provider.ts'
import { openKeyManager, verificationKeys } from '../src/key-manager.ts'
import { newKeyRing } from '../src/key-ring.ts'
import { createLimits, type Limits } from '../src/limits.ts'
import { createSmtpMailer } from '../src/mailer.ts'
import { createAccessTokenReader } from '../src/oauth/read-access-token.ts'
import { createPasswordHasher } from '../src/password-hasher.ts'
import { createTokenSuccession } from '../src/refresh-token.ts'
import { createRelyingParty } from '../src/relying-party.ts'
import { createServiceTokenSigner } from '../src/service-token.ts'
import { createSignInLock, type SignInLock } from '../src/sign-in-lock.ts'
import { stores } from '../src/stores.ts'
import { createUseCases, type UseCases } from '../src/use-cases.ts'
import { memoryKeys, testKeyPair } from './test-keys.ts'

export const PASSWORD = 'correct horse battery'

/** What the group Members may do, as tokens and the API tell it. */
export const MEMBER_PERMISSIONS: readonly string[] = [
  'app:customer:save',
  'app:customer:view',
  'app:product:delete',
  'app:product:save',
  'app:product:view',
  'assets:asset:view',
  'assistant:conversation:save',
  'assistant:conversation:view',
  'security:user:view',
]
export const MAIL_FROM = 'Neotool <no-reply@neotool.example>'
export const WEB_URL = 'https://web.test'

export const SIGN_UP = 'mutation ($input: SignUpInput!) { signUp(input: $input) { email } }'
const TOKENS = 'session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }'
export const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { ${TOKENS} user { id displayName } } }`
export const REFRESH = `mutation ($token: String!) { refreshAccessToken(input: { refreshToken: $token }) { ${TOKENS} } }`
export const SIGN_OUT = 'mutation ($token: String!) { signOut(input: { refreshToken: $token }) { signedOut } }'

export type Person = {
  readonly email: string
  readonly displayName: string
  readonly userId: string
} & SessionTokens & {
    /** The access token, as the test client wants it. */
    readonly token: string
  }

export type SecurityFixture = AsyncDisposable & {
  readonly app: FastifyInstance
  readonly database: Database<Tables>
  readonly testDatabase: TestDatabase
  readonly send: SendGraphql
  readonly useCases: UseCases
  readonly signingKey: { readonly kid: string; readonly privateKey: KeyObject }
  /** A second server over the same database, with a pool of its own. */
  readonly replica: SendGraphql
  /** The clock of the sessions, which stands still unless it is moved. */
  now(): Date
  advance(ms: number): void
  /** Signs a new person up and in. */
  newPerson(): Promise<Person>
}

// The discard port: nobody answers there, and only tests of mails start the consumer that would ask.
const NO_SMTP = 'smtp://127.0.0.1:9'

const nothing = async (): Promise<void> => {}
const NO_LOCK: SignInLock = {
  begin: async () => ({ hasLocked: false, wasRight: nothing, takeBack: nothing }),
  open: nothing,
}
const NO_LIMITS: Limits = { take: nothing, forget: nothing }

/** The security service over a database of its own, put together as main.ts does, with a clock that a test moves. */
export const startSecurity = async ({
  smtpUrl = NO_SMTP,
  areLimitsOn = false,
  trustedProxies = [],
  identityProviders = [],
}: {
  smtpUrl?: string
  /** A test that is not about limits sends more from one address than a person ever would. */
  areLimitsOn?: boolean
  trustedProxies?: readonly string[]
  identityProviders?: readonly IdentityProvider[]
} = {}): Promise<SecurityFixture> => {
  const testDatabase = await createTestDatabase('security')
  let clockMs = Date.now()
  const now = () => new Date(clockMs)
  const silent = createLogger({ service: 'security', level: 'silent' })
  const keyManager = await openKeyManager(memoryKeys(newKeyRing([testKeyPair(), testKeyPair()], now())), {
    log: silent,
    now,
  })

  const startReplica = async () => {
    const log = createLogger({ service: 'security', level: 'silent' })
    const metrics = createMetrics('security')
    const database = openDatabase<Tables>({ url: testDatabase.url, service: 'security', log, metrics })
    const tokens = { issuer: TEST_ISSUER, audience: TEST_AUDIENCE }
    const audit = createAudit('security')
    const builtIn = await readPolicies()
    const keyedHash = createKeyedHash(new Secret(Buffer.alloc(32, 8).toString('base64')))
    const verification = {
      issuer: TEST_ISSUER,
      keys: verificationKeys(keyManager),
      findRevocation: () => undefined,
      now,
    }
    const authenticateFor = (audience: string) => createAuthenticate({ ...verification, audience })
    const authenticate = authenticateFor(TEST_AUDIENCE)
    const useCases = createUseCases({
      database,
      ...stores,
      mailer: createSmtpMailer({ url: new Secret(smtpUrl), from: MAIL_FROM }),
      webUrl: WEB_URL,
      passwords: await createPasswordHasher(metrics),
      commonPasswords: await readCommonPasswords(),
      audience: TEST_AUDIENCE,
      identityProviders,
      // The provider of a test lives by the real clock.
      verifyIdToken: createIdTokenVerifier(identityProviders, () => new Date()),
      issuer: TEST_ISSUER,
      signServiceToken: createServiceTokenSigner({ ...tokens, keyManager }),
      authenticate,
      readAccessToken: createAccessTokenReader(authenticateFor),
      issueAccessToken: createAccessTokenIssuer({ ...tokens, keyManager }),
      keyManager,
      succeedToken: createTokenSuccession(new Secret(Buffer.alloc(32, 7).toString('base64'))),
      authorizer: createAuthorizer({ ...builtIn, log }),
      builtIn,
      relyingParty: createRelyingParty(WEB_URL),
      dataCipher: createDataCipher(new Secret(Buffer.alloc(32, 8).toString('base64'))),
      audit,
      keyedHash,
      limits: areLimitsOn ? createLimits({ database, keyedHash, unlimitedNetworks: [] }) : NO_LIMITS,
      signInLock: areLimitsOn ? createSignInLock({ database, ...stores, keyedHash, now }) : NO_LOCK,
      log,
      now,
    })
    const parts = {
      issuer: TEST_ISSUER,
      log,
      metrics,
      database,
      stores,
      trustedProxies,
      keyManager,
      useCases,
      audit,
      authenticate,
      now,
    }
    const { app } = await buildApp({ ...parts, isIntrospectionOn: false, health: { checks: {} } })
    // Connections are opened when they are needed: the first of many requests would be done before the others have theirs.
    await Promise.all(
      Array.from({ length: 10 }, () => database.transaction().execute((tx) => sql`select 1`.execute(tx))),
    )
    const close = async () => {
      await app.close()
      await database.destroy()
    }
    return { app, database, send: graphqlClient(app), useCases, close }
  }

  const [first, second] = [await startReplica(), await startReplica()]
  const { app, database, send } = first
  return {
    app,
    database,
    testDatabase,
    send,
    useCases: first.useCases,
    signingKey: await keyManager.signingKey(),
    replica: second.send,
    now,
    advance: (ms) => {
      clockMs += ms
    },
    newPerson: async () => {
      const person = { email: `${randomUUID()}@example.org`, displayName: 'Ann' }
      dataOf(await send(SIGN_UP, { input: { ...person, password: PASSWORD } }))
      const answer = await send<{ signIn: { session: SessionTokens; user: { id: string } } }>(SIGN_IN, {
        input: { email: person.email, password: PASSWORD },
      })
      const { session, user } = dataOf(answer).signIn
      return { ...person, userId: user.id, ...session, token: session.accessToken }
    },
    [Symbol.asyncDispose]: async () => {
      // Whatever a test did: the audit trail holds ids alone.
      const people = await database.selectFrom('users').select(['email', 'display_name']).execute()
      const names = people.flatMap((person) => [person.email, `"${person.display_name}"`])
      expect(personalDataIn(await auditedIn(database), names)).toEqual([])
      await first.close()
      await second.close()
      keyManager.stop()
      await testDatabase[Symbol.asyncDispose]()
    },
  }
}
