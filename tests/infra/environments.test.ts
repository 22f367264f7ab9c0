/* What follows from the file of an environment is as it would be made. */
import { derivedFiles, exampleValuesIn, findDrift } from '@neotool/platform/kubernetes/derive'
import { allEnvironmentNames, readEnvironmentFile } from '@neotool/platform/kubernetes/environment-file'
import { SERVICES } from '@neotool/platform/kubernetes/releases'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { environments, manifestsOf } from './manifests.ts'
import { root } from './root.ts'
import { settingsOfOperations, settingsOfRelease } from './service-settings.ts'

test.each(allEnvironmentNames(root))('%s: what follows from its file is what is there', (name) => {
  expect(findDrift(root, readEnvironmentFile(root, name))).toEqual([])
})

const pairs = environments.flatMap((environment) => SERVICES.map((service) => [environment, service] as const))

test.each(pairs)('in %s, the CronJobs of %s get the settings of its release', (environment, service) => {
  const objects = manifestsOf(environment)
  const settings = settingsOfRelease(objects, service)
  expect(Object.keys(settings)).toContain(`${service.toUpperCase()}_TOKEN_ISSUER`)
  expect(settingsOfOperations(objects, service)).toEqual(settings)
})

test('an environment that is no example has no values of examples', () => {
  expect(exampleValuesIn(readEnvironmentFile(root, 'local'))).toEqual([])
  expect(exampleValuesIn(readEnvironmentFile(root, 'prod')).map((each) => each.split(':')[0])).toEqual([
    'cloud.account',
    'cloud.operators.0',
    'hosts.web',
    'hosts.api',
    'tls.email',
    's3.endpoint',
    'mail.from',
  ])
})

test('each derived text says of what it is made, and by which command', () => {
  for (const { path, content } of derivedFiles(root, readEnvironmentFile(root, 'prod')).filter((each) =>
    each.path.endsWith('.yaml'),
  )) {
    expect(content.split('\n')[0], path).toContain(
      'Made from infra/environments/prod.yaml by `./neotool config generate prod`',
    )
    expect(parse(content)).toBeTypeOf('object')
  }
})
