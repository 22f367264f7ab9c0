/** The settings of a service, no secrets among them, as manifests have them. */
import type { KubernetesObject } from '@neotool/platform/kubernetes/objects'
import { z } from 'zod'
import { named } from './manifests.ts'

const containers = z.array(z.object({ env: z.array(z.object({ name: z.string(), value: z.string().optional() })) }))
const deployment = z.object({ spec: z.object({ template: z.object({ spec: z.object({ containers }) }) }) })
export const configMap = z.object({ data: z.record(z.string(), z.string()) })

/** The settings that a service has and its operations do not: they take no requests. */
const OF_SERVER = ['HTTP_HOST', 'DRAIN_SECONDS']

/** What the release of a service sets of its settings, as far as its operations have them too. */
export const settingsOfRelease = (objects: readonly KubernetesObject[], service: string): Record<string, string> => {
  const [container] = deployment.parse(named(objects, `Deployment neotool-app/${service}`)).spec.template.spec
    .containers
  const prefix = `${service.toUpperCase()}_`
  const own = (container?.env ?? []).flatMap(({ name, value }): [string, string][] =>
    value !== undefined && name.startsWith(prefix) && !OF_SERVER.includes(name.slice(prefix.length))
      ? [[name, value]]
      : [],
  )
  return Object.fromEntries(own)
}

/** What the CronJobs of a service get. */
export const settingsOfOperations = (objects: readonly KubernetesObject[], service: string): Record<string, string> =>
  configMap.parse(named(objects, `ConfigMap neotool-workflows/${service}-settings`)).data
