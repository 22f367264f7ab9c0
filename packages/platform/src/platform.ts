/*
 * The platform on one page: every part, and what it depends on. Dependencies are values, so a name that does not exist
 * does not compile. To add a part, write its component and give it a line here.
 */
import { type Component, httpUrl, type Work } from './component.ts'
import { gatewayComponent, localOrigin } from './components/gateway.ts'
import { kafkaComponent } from './components/kafka.ts'
import { maildevComponent } from './components/maildev.ts'
import { minioComponent } from './components/minio.ts'
import { pgbouncerComponent } from './components/pgbouncer.ts'
import { database, postgresComponent } from './components/postgres.ts'
import { serviceComponent } from './components/service.ts'
import { vaultComponent } from './components/vault.ts'
import { webComponent } from './components/web.ts'
import type { Environment } from './environment.ts'
import { identityProviderSettings } from './identity-providers.ts'
import { minioRegion } from './minio-server.ts'
import { type Administrator, seedAdministrator, seedCatalogue } from './seeds.ts'

const securityDatabase = database('neotool_security')
const appDatabase = database('neotool_app')
const assetsDatabase = database('neotool_assets')
const assistantDatabase = database('neotool_assistant')
const databases = [securityDatabase, appDatabase, assetsDatabase, assistantDatabase]

const postgres = postgresComponent({ databases })
const pgbouncer = pgbouncerComponent({ postgres, databases })
const kafka = kafkaComponent()

const maildev = maildevComponent()
const vault = vaultComponent()

// Named before they are made: security writes links to the web, the gateway must know the web's origin though the web
// depends on it, and the assistant asks the gateway, which depends on the assistant.
const webAddress = { name: 'web', port: { fixed: 3000 } }
const gatewayAddress = { name: 'gateway' }

const security = serviceComponent({
  name: 'security',
  port: 4002,
  storage: { postgres, pgbouncer, database: securityDatabase },
  kafka,
  issuer: 'itself',
  needs: [vault],
  hasPrivateKeys: true,
  settings: (environment) => ({
    ...(environment.isFull
      ? { VAULT_ADDRESS: vault.url(environment), VAULT_APPROLE_FILE: vault.approleFile(environment) }
      : {
          KEYSTORE_FILE: `${environment.directory}/keystore/keystore.json`,
          KEYSTORE_MASTER_KEY_FILE: `${environment.directory}/keystore/master.key`,
        }),
    REFRESH_TOKEN_KEY: environment.secret('refresh token key'),
    DATA_KEY: environment.secret('security data key'),
    SMTP_URL: maildev.smtpUrl(environment),
    MAIL_FROM: 'Neotool <no-reply@neotool.example>',
    WEB_URL: localOrigin(environment, webAddress),
    IDENTITY_PROVIDERS: identityProviderSettings()?.security ?? '[]',
    PERSONAL_DATA_KEY: environment.secret('personal data key of security'),
    // The web and the gateway run on this machine, and so do the tests: many people in one place.
    TRUSTED_PROXIES: '127.0.0.0/8,::1',
    UNLIMITED_NETWORKS: '127.0.0.0/8,::1',
  }),
})

const app = serviceComponent({
  name: 'app',
  port: 4001,
  storage: { postgres, pgbouncer, database: appDatabase },
  kafka,
  issuer: security,
  settings: ({ secret }) => ({ PERSONAL_DATA_KEY: secret('personal data key') }),
})

const assistant = serviceComponent({
  name: 'assistant',
  port: 4003,
  storage: { postgres, pgbouncer, database: assistantDatabase },
  kafka,
  issuer: security,
  settings: (environment) => ({ GATEWAY_URL: `${httpUrl(environment, gatewayAddress)}/graphql` }),
})

const minio = minioComponent({ webAddress })

const assets = serviceComponent({
  name: 'assets',
  port: 4004,
  storage: { postgres, pgbouncer, database: assetsDatabase },
  kafka,
  issuer: security,
  needs: [minio],
  beforeStart: ['create-buckets'],
  settings: (environment) => ({
    S3_ENDPOINT: minio.url(environment),
    // Here browsers run on the same machine; in a cluster this is a name outside of it.
    S3_PUBLIC_ENDPOINT: minio.url(environment),
    S3_REGION: minioRegion,
    S3_BUCKET: 'neotool-assets',
    S3_ACCESS_KEY_ID: minio.credentials(environment).accessKeyId,
    S3_SECRET_ACCESS_KEY: minio.credentials(environment).secretAccessKey,
  }),
})

const gateway = gatewayComponent({ port: 4000, subgraphs: [app, security, assets, assistant], webAddress })
const web = webComponent({ address: webAddress, gateway, storage: minio })

/** Every part of the platform. */
export const platform: readonly Component[] = [
  postgres,
  pgbouncer,
  kafka,
  minio,
  maildev,
  vault,
  security,
  app,
  assets,
  assistant,
  gateway,
  web,
]

/** The addresses that people and tests use. */
export const urlsOf = (environment: Environment) => ({
  web: web.url(environment),
  gateway: gateway.url(environment),
  app: app.url(environment),
  security: security.url(environment),
  assets: assets.url(environment),
  assistant: assistant.url(environment),
  mails: maildev.url(environment),
})

/** Makes the first administrator and a small catalogue; answers the administrator when it was made just now. */
export const seed = async (environment: Environment, work: Work): Promise<Administrator | undefined> => {
  work.progress('administrator')
  const administrator = await seedAdministrator(security, environment, work.signal)
  work.progress('catalogue')
  await seedCatalogue(app, environment, administrator.userId, work.signal)
  return administrator.password === null ? undefined : { email: administrator.email, password: administrator.password }
}
