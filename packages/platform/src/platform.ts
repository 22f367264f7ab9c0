/*
 * The platform on one page: every part, and what it depends on. Dependencies are values, so a name that does not exist
 * does not compile. To add a part, write its component and give it a line here.
 */
import type { Component, Work } from './component.ts'
import { gatewayComponent } from './components/gateway.ts'
import { kafkaComponent } from './components/kafka.ts'
import { pgbouncerComponent } from './components/pgbouncer.ts'
import { database, postgresComponent } from './components/postgres.ts'
import { serviceComponent } from './components/service.ts'
import { webComponent } from './components/web.ts'
import type { Environment } from './environment.ts'
import { type Administrator, seedAdministrator, seedCatalogue } from './seeds.ts'

const securityDatabase = database('neotool_security')
const appDatabase = database('neotool_app')
const databases = [securityDatabase, appDatabase]

const postgres = postgresComponent({ databases })
const pgbouncer = pgbouncerComponent({ postgres, databases })
const kafka = kafkaComponent()

const security = serviceComponent({
  name: 'security',
  port: 4002,
  storage: { postgres, pgbouncer, database: securityDatabase },
  kafka,
  issuer: 'itself',
  settings: ({ directory, secret }) => ({
    KEYSTORE_FILE: `${directory}/keystore/keystore.json`,
    KEYSTORE_MASTER_KEY_FILE: `${directory}/keystore/master.key`,
    REFRESH_TOKEN_KEY: secret('refresh token key'),
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

// Named before it is made: the gateway must know the origin of the web, which depends on the gateway.
const webAddress = { name: 'web', port: { fixed: 3000 } }

const gateway = gatewayComponent({ port: 4000, subgraphs: [app, security], webAddress })
const web = webComponent({ address: webAddress, gateway })

/** Every part of the platform. */
export const platform: readonly Component[] = [postgres, pgbouncer, kafka, security, app, gateway, web]

/** The addresses that people and tests use. */
export const urlsOf = (environment: Environment) => ({
  web: web.url(environment),
  gateway: gateway.url(environment),
  app: app.url(environment),
  security: security.url(environment),
})

/** Makes the first administrator and a small catalogue; answers the administrator when it was made just now. */
export const seed = async (environment: Environment, work: Work): Promise<Administrator | undefined> => {
  work.progress('administrator')
  const administrator = await seedAdministrator(security, environment, work.signal)
  work.progress('catalogue')
  await seedCatalogue(app, environment, administrator.userId, work.signal)
  return administrator.password === null ? undefined : { email: administrator.email, password: administrator.password }
}
