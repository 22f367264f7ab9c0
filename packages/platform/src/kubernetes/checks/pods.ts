/*
 * Pod Security `restricted`, as its admission asks it of a pod, and what we ask beside: a root file system that is read-only,
 * requests and limits, no environment made of Services, and a token of the API server only for who calls it.
 */
import { z } from 'zod'
import { type Container, containersOf, type PodSpec, workloadsOf } from '../model.ts'
import { type KubernetesObject, nameOf } from '../objects.ts'
import type { Finding } from './finding.ts'

const securityContext = z.looseObject({
  privileged: z.boolean().optional(),
  runAsNonRoot: z.boolean().optional(),
  runAsUser: z.int().optional(),
  allowPrivilegeEscalation: z.boolean().optional(),
  readOnlyRootFilesystem: z.boolean().optional(),
  capabilities: z
    .looseObject({ add: z.array(z.string()).default([]), drop: z.array(z.string()).default([]) })
    .optional(),
  seccompProfile: z.looseObject({ type: z.string() }).optional(),
  procMount: z.string().optional(),
  sysctls: z.array(z.unknown()).default([]),
})

const allowedVolumes = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]

const problemsOfContainer = (pod: PodSpec, container: Container): string[] => {
  const ofPod = securityContext.parse(pod.securityContext)
  const own = securityContext.parse(container.securityContext)
  const seccomp = (own.seccompProfile ?? ofPod.seccompProfile)?.type
  const added = own.capabilities?.add.filter((name) => name !== 'NET_BIND_SERVICE') ?? []
  const asked: (readonly [boolean, string])[] = [
    [own.privileged !== true, 'is privileged'],
    [own.allowPrivilegeEscalation === false, 'does not forbid privilege escalation'],
    [(own.runAsNonRoot ?? ofPod.runAsNonRoot) === true, 'may run as root: runAsNonRoot is not true'],
    [(own.runAsUser ?? ofPod.runAsUser ?? 0) !== 0, 'names no user, or root: runAsUser'],
    [own.capabilities?.drop.includes('ALL') === true, 'does not drop all capabilities'],
    [added.length === 0, `adds capabilities: ${added.join(', ')}`],
    [seccomp === 'RuntimeDefault' || seccomp === 'Localhost', `has no seccomp profile: ${seccomp ?? 'none'}`],
    [own.procMount === undefined || own.procMount === 'Default', `mounts /proc as ${own.procMount}`],
    [container.ports.every(({ hostPort }) => hostPort === undefined), 'opens a port of the node'],
    [own.readOnlyRootFilesystem === true, 'may write to its root file system'],
    ...['cpu', 'memory'].map((name) => [name in container.resources.requests, `requests no ${name}`] as const),
    ['memory' in container.resources.limits, 'has no limit of memory'],
  ]
  return asked.flatMap(([holds, problem]) => (holds ? [] : [`${container.name} ${problem}`]))
}

const problemsOfPod = (pod: PodSpec, mayCallApi: boolean): string[] => {
  const host = ['hostNetwork', 'hostPID', 'hostIPC'].filter((name) => pod[name] === true)
  const volumes = pod.volumes.filter((volume) => !allowedVolumes.some((kind) => kind in volume))
  const asked: (readonly [boolean, string])[] = [
    [host.length === 0, `shares the node's ${host.join(', ')}`],
    [volumes.length === 0, `has volumes of another kind: ${volumes.map(({ name }) => name).join(', ')}`],
    [securityContext.parse(pod.securityContext).sysctls.length === 0, 'sets kernel parameters'],
    [pod.enableServiceLinks === false, 'gets variables of all Services: enableServiceLinks is not false'],
    [
      pod.automountServiceAccountToken === mayCallApi,
      mayCallApi
        ? 'calls the API server and mounts no token for it'
        : 'mounts a token of the API server: automountServiceAccountToken is not false',
    ],
  ]
  const own = asked.flatMap(([holds, problem]) => (holds ? [] : [problem]))
  return [...own, ...containersOf(pod).flatMap((container) => problemsOfContainer(pod, container))]
}

/** Those whose work is to ask the API server. */
const API_CALLERS = ['prometheus-operator', 'promtail', 'vault-init']

/** Each pod is as `restricted` and our own rules ask. */
export const findUnrestrictedPods = (objects: readonly KubernetesObject[]): Finding[] =>
  workloadsOf(objects)
    .filter(({ isOfOperator }) => !isOfOperator)
    .flatMap(({ object, name, pod }) =>
      problemsOfPod(pod, API_CALLERS.includes(name)).map((problem) => ({
        rule: 'pod-security',
        object: nameOf(object),
        problem,
      })),
    )

const ENFORCE = 'pod-security.kubernetes.io/enforce'
const namespace = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()).default({}) }),
})

/** Each namespace enforces `restricted`, and each object is in a namespace of ours. */
export const findOpenNamespaces = (objects: readonly KubernetesObject[]): Finding[] => {
  const namespaces = objects.filter(({ kind }) => kind === 'Namespace')
  const names = namespaces.map(({ metadata }) => metadata.name)
  const open = namespaces.flatMap((object) => {
    const level = namespace.parse(object).metadata.labels[ENFORCE]
    const problem = `${ENFORCE} is ${level ?? 'not set'}`
    return level === 'restricted' ? [] : [{ rule: 'namespace-security', object: nameOf(object), problem }]
  })
  const astray = objects.flatMap((object) => {
    const { namespace: place } = object.metadata
    if (place === undefined || names.includes(place)) return []
    return [{ rule: 'namespaces', object: nameOf(object), problem: `there is no Namespace ${place}` }]
  })
  return [...open, ...astray]
}

/** Two manifests of one object: whichever is applied last would win. */
export const findTwins = (objects: readonly KubernetesObject[]): Finding[] => {
  const seen = new Map<string, number>()
  for (const object of objects) seen.set(nameOf(object), (seen.get(nameOf(object)) ?? 0) + 1)
  return [...seen]
    .filter(([, count]) => count > 1)
    .map(([object, count]) => ({ rule: 'twins', object, problem: `there are ${count} of it` }))
}

const MARKS = ['app.kubernetes.io/name', 'app.kubernetes.io/part-of']

/** Selectors find the pods of their own template, and all pods carry the labels that policies and people look for. */
export const findStrayLabels = (objects: readonly KubernetesObject[]): Finding[] =>
  workloadsOf(objects).flatMap(({ object, labels, selector = {} }) => {
    const found = (problem: string) => ({ rule: 'labels', object: nameOf(object), problem })
    const wrong = Object.entries(selector).filter(([key, value]) => labels[key] !== value)
    return [
      ...wrong.map(([key, value]) => found(`it selects ${key}=${value}, and its pods have ${labels[key] ?? 'none'}`)),
      ...MARKS.filter((mark) => labels[mark] === undefined).map((mark) => found(`its pods have no label ${mark}`)),
    ]
  })
