/* A Vault in memory forgets everything with its pod: what it needs comes back by itself. */
import { requestsOf } from '@neotool/platform/kubernetes/checks/capacity'
import { quantity } from '@neotool/platform/kubernetes/checks/quantity'
import { readEnvironmentFile } from '@neotool/platform/kubernetes/environment-file'
import { workloadsOf } from '@neotool/platform/kubernetes/model'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { environments, manifestsOf, named } from './manifests.ts'
import { root } from './root.ts'

const job = z.looseObject({ template: z.unknown() })
const cronJob = z.looseObject({ spec: z.looseObject({ jobTemplate: z.looseObject({ spec: job }) }) })

const isLocal = (environment: string) => readEnvironmentFile(root, environment).kind === 'local'

describe.each(environments.filter(isLocal))('in %s', (environment) => {
  const objects = manifestsOf(environment)

  test('vault-init runs again and again, with the pods of the Job', () => {
    const again = cronJob.parse(named(objects, 'CronJob neotool-security/vault-init'))
    const once = z.looseObject({ spec: job }).parse(named(objects, 'Job neotool-security/vault-init'))
    expect(once.spec.template).toMatchObject({ spec: { containers: [{ name: 'vault-init' }] } })
    expect(again.spec.jobTemplate.spec.template).toEqual(once.spec.template)
    expect(again.spec).toMatchObject({ schedule: '*/2 * * * *', concurrencyPolicy: 'Forbid' })
  })

  test('there is room for it beside the Job and Vault', () => {
    const pods = workloadsOf(objects).filter(({ namespace }) => namespace === 'neotool-security')
    const requests = pods.map(({ pod }) => requestsOf(pod))
    const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
    expect(pods).toHaveLength(3)
    const { spec } = z
      .looseObject({ spec: z.looseObject({ hard: z.record(z.string(), z.string()) }) })
      .parse(named(objects, 'ResourceQuota neotool-security/quota'))
    expect(sum(requests.map(({ cores }) => cores))).toBeLessThanOrEqual(quantity(spec.hard['requests.cpu'] ?? 0))
    expect(sum(requests.map(({ bytes }) => bytes))).toBeLessThanOrEqual(quantity(spec.hard['requests.memory'] ?? 0))
    expect(pods.length).toBeLessThanOrEqual(Number(spec.hard.pods))
  })
})

test.each(environments.filter((environment) => !isLocal(environment)))(
  'in %s, where Vault keeps what it has and its root token is gone, it runs with a deployment alone',
  (environment) => {
    const names = manifestsOf(environment).filter(({ metadata }) => metadata.name === 'vault-init')
    expect(names.map(({ kind }) => kind)).toContain('Job')
    expect(names.map(({ kind }) => kind)).not.toContain('CronJob')
  },
)
