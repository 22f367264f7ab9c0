import { findForeignSettings } from '@neotool/platform/kubernetes/checks/foreign-settings'
import { findMissingEntries } from '@neotool/platform/kubernetes/checks/programs'
import { findWrongSettings } from '@neotool/platform/kubernetes/checks/settings'
import { describe, expect, test } from 'vitest'
import { secretSettings } from './bootstrap.ts'
import { changed, type Edit, environments, faultsIn, manifests, manifestsOf, named, words } from './manifests.ts'
import { root } from './root.ts'

const { local } = manifests
const optionsOf = (environment: string) => ({ root, secretSettings: secretSettings(environment) })
const options = optionsOf('local')

test.each(environments)(
  'in %s, each program gets the settings that it reads, and all that it needs',
  async (environment) => {
    expect(faultsIn(await findWrongSettings(manifestsOf(environment), optionsOf(environment)))).toEqual([])
  },
)

test.each(environments)('in %s, what containers start is in their images', (environment) => {
  expect(faultsIn(findMissingEntries(manifestsOf(environment), root))).toEqual([])
})

test.each(environments)('in %s, programs of others get settings that they know', (environment) => {
  expect(faultsIn(findForeignSettings(manifestsOf(environment)))).toEqual([])
})

/** What is found in one object alone, changed, with the ConfigMaps that it reads. */
const foundIn = async (name: string, ...edits: readonly Edit[]) => {
  const objects = local.filter((object) => object.kind === 'ConfigMap' || object === named(local, name))
  return words(await findWrongSettings(changed(objects, name, ...edits), options)).join('\n')
}

describe('a setting that is wrong is found:', () => {
  const app = 'spec/template/spec/containers/name=app'
  const web = 'spec/template/spec/containers/name=web'

  test.each([
    [
      'a service gets one that it does not have',
      'Deployment neotool-app/app',
      { add: `${app}/env`, value: { name: 'APP_KAFKA_BROKER', value: 'x' } },
      'APP_KAFKA_BROKER: there is no such setting',
    ],
    [
      'a service lacks one',
      'Deployment neotool-app/app',
      { remove: `${app}/env/name=APP_JWKS_URL` },
      'APP_JWKS_URL: is not set',
    ],
    [
      'a service gets a wrong one',
      'Deployment neotool-app/app',
      { set: `${app}/env/name=APP_KAFKA_BROKERS/value`, to: 'kafka' },
      'APP_KAFKA_BROKERS: must be host:port',
    ],
    [
      'a service gets one of another service',
      'Deployment neotool-app/app',
      { add: `${app}/env`, value: { name: 'SECURITY_HTTP_PORT', value: '8080' } },
      'nobody reads SECURITY_HTTP_PORT',
    ],
    [
      'a service does not read the secret ones',
      'Deployment neotool-app/app',
      { set: `${app}/args`, to: ['services/app/src/main.ts'] },
      'APP_POSTGRES_URL: is not set',
    ],
    [
      'a migration lacks one',
      'Job neotool-app/security-migrate',
      { remove: 'spec/template/spec/containers/name=migrate/env/name=SECURITY_MAIL_FROM' },
      'SECURITY_MAIL_FROM: is not set',
    ],
    [
      'the settings of Vault have a misspelt one',
      'Deployment neotool-app/assets',
      { set: 'spec/template/spec/initContainers/name=settings/env/name=SETTINGS_PATH/name', to: 'SETTINGS_PATHS' },
      'SETTINGS_PATH: is not set',
    ],
    [
      'the web gets one that it does not have',
      'Deployment neotool-web/web',
      { add: `${web}/env`, value: { name: 'WEB_GATEWAY', value: 'x' } },
      'WEB_GATEWAY: no such setting',
    ],
    [
      'the web lacks one',
      'Deployment neotool-web/web',
      { remove: `${web}/env/name=WEB_ORIGIN` },
      'WEB_ORIGIN: is missing',
    ],
    [
      'an operation lacks one',
      'Job neotool-security/vault-init',
      { remove: 'spec/template/spec/containers/name=vault-init/env/name=VAULT_INIT_ADDRESS' },
      'VAULT_INIT_ADDRESS: is not set',
    ],
    [
      'an operation gets one that it does not have',
      'Job neotool-messaging/topics',
      { add: 'spec/template/spec/containers/name=topics/env', value: { name: 'KAFKA_BROKERS', value: 'x' } },
      'KAFKA_BROKERS: there is no such setting',
    ],
    [
      'a CronJob lacks one, in its ConfigMap',
      'CronJob neotool-workflows/purge-app',
      { set: 'spec/jobTemplate/spec/template/spec/containers/name=operation/envFrom', to: [] },
      'APP_KAFKA_BROKERS: is not set',
    ],
  ] satisfies [string, string, Edit, string][])('%s', async (_, name, edit, problem) => {
    expect(await foundIn(name, edit)).toContain(problem)
  })
})

describe('what is started and is not there is found:', () => {
  const args = 'spec/template/spec/containers/name=app/args'
  test.each([
    [['services/app/src/server.ts'], 'there is no services/app/src/server.ts'],
    [['services/security/src/main.ts'], 'the image neotool/app has no services/security/src/main.ts'],
    [['packages/testkit/src/actor.ts'], 'the image neotool/app has no packages/testkit/src/actor.ts'],
  ])('%s', (to, problem) => {
    const found = words(findMissingEntries(changed(local, 'Deployment neotool-app/app', { set: args, to }), root))
    expect(found).toEqual([`Deployment neotool-app/app: app: ${problem} (entries)`])
  })
})

describe('a setting of a program of others that is wrong is found:', () => {
  const container = (name: string) => `spec/template/spec/containers/name=${name}`
  test.each([
    [
      'StatefulSet neotool-messaging/kafka',
      { add: `${container('kafka')}/env`, value: { name: 'KAFKA_LOG_RETENTION_HOUR', value: '1' } },
      'kafka: apache/kafka does not read KAFKA_LOG_RETENTION_HOUR',
    ],
    [
      'Deployment neotool-observability/grafana',
      { set: `${container('grafana')}/env/name=GF_LOG_MODE/name`, to: 'GF_LOGMODE' },
      'grafana: grafana/grafana does not read GF_LOGMODE',
    ],
    [
      'Deployment neotool-web/gateway',
      { remove: `${container('gateway')}/env/name=ROUTER_CORS_ORIGIN` },
      'gateway: its configuration asks for ROUTER_CORS_ORIGIN',
    ],
  ] satisfies [string, Edit, string][])('%s', (name, edit, problem) => {
    expect(words(findForeignSettings(changed(local, name, edit)))).toEqual([`${name}: ${problem} (settings)`])
  })
})
