import { z } from 'zod'
import { type KubernetesObject, nameOf } from '../objects.ts'
import type { Finding } from './finding.ts'

/** An object storage as a file system: for files in bulk, and ruin for whoever needs a disk's promises. */
const BULK_CLASS = 'cloudflare-r2'

const DATABASES = ['neotool-data', 'neotool-messaging', 'neotool-security', 'neotool-observability']

const storageClass = z.looseObject({
  metadata: z.looseObject({ annotations: z.record(z.string(), z.string()).default({}) }),
})

/** Every value of a key, however deep. */
const valuesOf = (key: string, value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap((item) => valuesOf(key, item))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, item]) =>
    name === key && typeof item === 'string' ? [item] : valuesOf(key, item),
  )
}

/**
 * Storage classes are there, in the manifests or `provided` by the cluster, and no database, log or secret store is put on the
 * one for files in bulk.
 */
export const findWrongStorage = (objects: readonly KubernetesObject[], provided: readonly string[]): Finding[] => {
  const classes = objects.filter(({ kind }) => kind === 'StorageClass')
  const names = [...provided, ...classes.map(({ metadata }) => metadata.name)]
  const preset = classes.flatMap((object) => {
    const isPreset =
      storageClass.parse(object).metadata.annotations['storageclass.kubernetes.io/is-default-class'] === 'true'
    if (object.metadata.name !== BULK_CLASS || !isPreset) return []
    return [{ rule: 'storage', object: nameOf(object), problem: 'it must not be what volumes get that name no class' }]
  })
  const used = objects.flatMap((object) =>
    ['storageClassName', 'storageClass']
      .flatMap((key) => valuesOf(key, object))
      .flatMap((name): Finding[] => {
        const found = (problem: string) => [{ rule: 'storage', object: nameOf(object), problem }]
        if (!names.includes(name)) return found(`there is no storage class ${name}`)
        if (name !== BULK_CLASS || !DATABASES.includes(object.metadata.namespace ?? '')) return []
        return found(`${name} holds files in bulk, and nothing that must survive a crash whole`)
      }),
  )
  return [...preset, ...used]
}
