/*
 * What a pod names must be there, in its own namespace: Secrets and ConfigMaps with their keys, ServiceAccounts, volumes.
 * Secrets are in no manifest: some are made by `neotool secrets bootstrap`, others by cert-manager and CloudNativePG.
 */
import { z } from 'zod'
import { containersOf, type VolumeSource, type Workload, workloadsOf } from '../model.ts'
import { type KubernetesObject, nameOf } from '../objects.ts'
import type { Finding } from './finding.ts'

/** A Secret that somebody else than the manifests makes. */
export type KnownSecret = { readonly namespace: string; readonly name: string; readonly keys: readonly string[] }

type Kept = { readonly kind: 'Secret' | 'ConfigMap'; readonly namespace: string; readonly name: string }
type Place = Kept & { readonly keys: readonly string[] }
type Wanted = Kept & { readonly keys: readonly string[]; readonly isOptional: boolean }

const configMap = z.looseObject({
  data: z.record(z.string(), z.string()).default({}),
  binaryData: z.record(z.string(), z.string()).default({}),
})
const certificate = z.looseObject({ spec: z.looseObject({ secretName: z.string() }) })

const present = (objects: readonly KubernetesObject[], secrets: readonly KnownSecret[]): Place[] => [
  ...secrets.map((secret) => ({ ...secret, kind: 'Secret' as const })),
  ...objects.flatMap((object): Place[] => {
    const { name, namespace = 'default' } = object.metadata
    if (object.kind === 'ConfigMap') {
      const { data, binaryData } = configMap.parse(object)
      return [{ kind: 'ConfigMap', namespace, name, keys: [...Object.keys(data), ...Object.keys(binaryData)] }]
    }
    if (object.kind !== 'Certificate') return []
    const { secretName } = certificate.parse(object).spec
    return [{ kind: 'Secret', namespace, name: secretName, keys: ['ca.crt', 'tls.crt', 'tls.key'] }]
  }),
  // Kubernetes puts it into each namespace.
  ...[...new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))].map((namespace) => ({
    kind: 'ConfigMap' as const,
    namespace,
    name: 'kube-root-ca.crt',
    keys: ['ca.crt'],
  })),
]

const wantedBySource = (namespace: string, { secret, configMap: map }: VolumeSource): Wanted[] => [
  ...(secret === undefined
    ? []
    : [
        {
          kind: 'Secret' as const,
          namespace,
          name: secret.secretName ?? secret.name ?? '',
          keys: (secret.items ?? []).map(({ key }) => key),
          isOptional: secret.optional,
        },
      ]),
  ...(map === undefined
    ? []
    : [
        {
          kind: 'ConfigMap' as const,
          namespace,
          name: map.name,
          keys: (map.items ?? []).map(({ key }) => key),
          isOptional: map.optional,
        },
      ]),
]

const wantedByPod = ({ namespace, pod }: Workload): Wanted[] => [
  ...pod.volumes.flatMap((volume) => [
    ...wantedBySource(namespace, volume),
    ...(volume.projected?.sources ?? []).flatMap((source) => wantedBySource(namespace, source)),
  ]),
  ...containersOf(pod).flatMap(({ env, envFrom }) => [
    ...env.flatMap(({ valueFrom }): Wanted[] => {
      const { secretKeyRef, configMapKeyRef } = valueFrom ?? {}
      return [
        ...(secretKeyRef === undefined ? [] : [{ kind: 'Secret' as const, ref: secretKeyRef }]),
        ...(configMapKeyRef === undefined ? [] : [{ kind: 'ConfigMap' as const, ref: configMapKeyRef }]),
      ].map(({ kind, ref }) => ({ kind, namespace, name: ref.name, keys: [ref.key], isOptional: ref.optional }))
    }),
    ...envFrom.flatMap(({ secretRef, configMapRef }): Wanted[] =>
      [
        ...(secretRef === undefined ? [] : [{ kind: 'Secret' as const, ref: secretRef }]),
        ...(configMapRef === undefined ? [] : [{ kind: 'ConfigMap' as const, ref: configMapRef }]),
      ].map(({ kind, ref }) => ({ kind, namespace, name: ref.name, keys: [], isOptional: ref.optional })),
    ),
  ]),
]

const secretRef = z.looseObject({ name: z.string() })
const cluster = z.looseObject({
  spec: z.looseObject({
    superuserSecret: secretRef.optional(),
    bootstrap: z.looseObject({ initdb: z.looseObject({ secret: secretRef.optional() }).optional() }).optional(),
    managed: z
      .looseObject({ roles: z.array(z.looseObject({ passwordSecret: secretRef.optional() })).default([]) })
      .optional(),
  }),
})
const pooler = z.looseObject({
  spec: z.looseObject({
    pgbouncer: z.looseObject({ authQuerySecret: secretRef.optional() }),
  }),
})
const ingress = z.looseObject({
  metadata: z.looseObject({ annotations: z.record(z.string(), z.string()).default({}) }),
  spec: z.looseObject({ tls: z.array(z.looseObject({ secretName: z.string().optional() })).default([]) }),
})

/** What custom resources and Ingresses name. */
const wantedByObject = (object: KubernetesObject): Wanted[] => {
  const { namespace = 'default' } = object.metadata
  const secret = (name: string | undefined): Wanted[] =>
    name === undefined ? [] : [{ kind: 'Secret', namespace, name, keys: [], isOptional: false }]
  switch (object.kind) {
    case 'Cluster': {
      const { superuserSecret, bootstrap, managed } = cluster.parse(object).spec
      const roles = managed?.roles.map(({ passwordSecret }) => passwordSecret?.name) ?? []
      return [superuserSecret?.name, bootstrap?.initdb?.secret?.name, ...roles].flatMap(secret)
    }
    case 'Pooler':
      return secret(pooler.parse(object).spec.pgbouncer.authQuerySecret?.name)
    case 'Ingress': {
      const { metadata, spec } = ingress.parse(object)
      // cert-manager makes the Secret of an Ingress that names an issuer.
      const isMade = Object.keys(metadata.annotations).some((key) => /^cert-manager\.io\/(cluster-)?issuer$/.test(key))
      return isMade ? [] : spec.tls.flatMap(({ secretName }) => secret(secretName))
    }
    default:
      return []
  }
}

/** Every Secret and ConfigMap that is named is in that namespace, and has the keys that are asked for. */
export const findMissingReferences = (
  objects: readonly KubernetesObject[],
  secrets: readonly KnownSecret[],
): Finding[] => {
  const places = present(objects, secrets)
  const workloads = new Map(workloadsOf(objects).map((workload) => [workload.object, workload]))
  return objects.flatMap((object) => {
    const workload = workloads.get(object)
    const wanted = [...(workload === undefined ? [] : wantedByPod(workload)), ...wantedByObject(object)]
    return wanted.flatMap((want): Finding[] => {
      const place = places.find(
        ({ kind, namespace, name }) => kind === want.kind && namespace === want.namespace && name === want.name,
      )
      const found = (problem: string) => [{ rule: 'references', object: nameOf(object), problem }]
      if (place === undefined) {
        if (want.isOptional) return []
        const others = places.filter(({ kind, name }) => kind === want.kind && name === want.name)
        const elsewhere = others.map(({ namespace }) => namespace).join(', ')
        const hint = others.length === 0 ? 'nobody makes it' : `it is in ${elsewhere}`
        return found(`there is no ${want.kind} ${want.name} in ${want.namespace}: ${hint}`)
      }
      const missing = want.keys.filter((key) => !place.keys.includes(key))
      return missing.length === 0
        ? []
        : found(`${want.kind} ${want.name} has no ${missing.join(', ')}: it has ${place.keys.join(', ')}`)
    })
  })
}

/** Each ServiceAccount, priority class and volume that a pod names is there, and none is there for nobody. */
export const findMissingParts = (objects: readonly KubernetesObject[]): Finding[] => {
  const names = (kind: string, namespace?: string) =>
    objects
      .filter((object) => object.kind === kind && object.metadata.namespace === namespace)
      .map(({ metadata }) => metadata.name)
  return workloadsOf(objects)
    .filter(({ isOfOperator }) => !isOfOperator)
    .flatMap(({ object, namespace, pod, claims }): Finding[] => {
      const problems: string[] = []
      const accounts = ['default', ...names('ServiceAccount', namespace)]
      if (!accounts.includes(pod.serviceAccountName))
        problems.push(`there is no ServiceAccount ${pod.serviceAccountName} in ${namespace}`)
      const { priorityClassName } = pod
      if (
        priorityClassName !== undefined &&
        !priorityClassName.startsWith('system-') &&
        !names('PriorityClass').includes(priorityClassName)
      )
        problems.push(`there is no PriorityClass ${priorityClassName}`)
      const volumes = [...pod.volumes.map(({ name }) => name), ...claims]
      const mounts = containersOf(pod).flatMap(({ volumeMounts }) => volumeMounts.map(({ name }) => name))
      for (const name of new Set(mounts)) if (!volumes.includes(name)) problems.push(`there is no volume ${name}`)
      for (const name of volumes) if (!mounts.includes(name)) problems.push(`no container mounts the volume ${name}`)
      for (const { persistentVolumeClaim } of pod.volumes) {
        if (
          persistentVolumeClaim &&
          !names('PersistentVolumeClaim', namespace).includes(persistentVolumeClaim.claimName)
        )
          problems.push(`there is no PersistentVolumeClaim ${persistentVolumeClaim.claimName} in ${namespace}`)
      }
      return problems.map((problem) => ({ rule: 'references', object: nameOf(object), problem }))
    })
}

/** A Secret in a manifest would be a secret in git. */
export const findSecretsInManifests = (objects: readonly KubernetesObject[]): Finding[] =>
  objects
    .filter(({ kind }) => kind === 'Secret')
    .map((object) => ({
      rule: 'secrets',
      object: nameOf(object),
      problem: 'a manifest holds a Secret: have `neotool secrets bootstrap` make it',
    }))
