import {
  findOpenNamespaces,
  findStrayLabels,
  findTwins,
  findUnrestrictedPods,
} from '@neotool/platform/kubernetes/checks/pods'
import { describe, expect, test } from 'vitest'
import {
  changed,
  type Edit,
  environments,
  faultsIn,
  manifests,
  manifestsOf,
  named,
  without,
  words,
} from './manifests.ts'

const { local } = manifests

test.each(environments)('in %s, all pods are restricted', (environment) => {
  expect(faultsIn(findUnrestrictedPods(manifestsOf(environment)))).toEqual([])
})

test.each(environments)('in %s, all namespaces are there and enforce `restricted`', (environment) => {
  expect(faultsIn(findOpenNamespaces(manifestsOf(environment)))).toEqual([])
})

test.each(environments)('in %s, each object is there once', (environment) => {
  expect(findTwins(manifestsOf(environment))).toEqual([])
})

test.each(environments)('in %s, selectors and labels agree', (environment) => {
  expect(findStrayLabels(manifestsOf(environment))).toEqual([])
})

describe('a pod that is not restricted is found:', () => {
  const pod = 'spec/template/spec'
  const app = `${pod}/containers/name=app`
  test.each([
    [{ remove: `${pod}/securityContext/runAsNonRoot` }, 'may run as root'],
    [{ set: `${pod}/securityContext/runAsUser`, to: 0 }, 'names no user, or root'],
    [{ remove: `${pod}/securityContext/seccompProfile` }, 'has no seccomp profile'],
    [{ set: `${app}/securityContext/privileged`, to: true }, 'is privileged'],
    [{ remove: `${app}/securityContext/allowPrivilegeEscalation` }, 'does not forbid privilege escalation'],
    [{ set: `${app}/securityContext/capabilities/drop`, to: ['NET_RAW'] }, 'does not drop all capabilities'],
    [{ set: `${app}/securityContext/capabilities/add`, to: ['SYS_PTRACE'] }, 'adds capabilities: SYS_PTRACE'],
    [{ set: `${app}/securityContext/procMount`, to: 'Unmasked' }, 'mounts /proc as Unmasked'],
    [{ remove: `${app}/securityContext/readOnlyRootFilesystem` }, 'may write to its root file system'],
    [{ remove: `${pod}/initContainers/0/securityContext` }, 'settings does not drop all capabilities'],
    [{ set: `${app}/ports/0/hostPort`, to: 8080 }, 'opens a port of the node'],
    [{ remove: `${app}/resources/requests/cpu` }, 'requests no cpu'],
    [{ remove: `${app}/resources/limits/memory` }, 'has no limit of memory'],
    [{ set: `${pod}/hostNetwork`, to: true }, "shares the node's hostNetwork"],
    [{ add: `${pod}/volumes`, value: { name: 'disk', hostPath: { path: '/' } } }, 'has volumes of another kind: disk'],
    [{ set: `${pod}/securityContext/sysctls`, to: [{ name: 'a', value: 'b' }] }, 'sets kernel parameters'],
    [{ remove: `${pod}/enableServiceLinks` }, 'gets variables of all Services'],
    [{ set: `${pod}/automountServiceAccountToken`, to: true }, 'mounts a token of the API server'],
  ] satisfies [Edit, string][])('%o', (edit, problem) => {
    const found = words(
      findUnrestrictedPods(changed([named(local, 'Deployment neotool-app/app')], 'Deployment neotool-app/app', edit)),
    )
    expect(found.join('\n')).toContain(problem)
  })
})

describe('what is out of its place is found:', () => {
  test('a namespace that enforces less', () => {
    const edit = { set: 'metadata/labels/pod-security.kubernetes.io~1enforce', to: 'baseline' }
    expect(faultsIn(findOpenNamespaces(changed(local, 'Namespace neotool-data', edit)))).toEqual([
      'Namespace neotool-data: pod-security.kubernetes.io/enforce is baseline (namespace-security)',
    ])
  })

  test('an object in a namespace that is not there', () => {
    expect(faultsIn(findOpenNamespaces(without(local, 'Namespace neotool-storage'))).join('\n')).toContain(
      'Service neotool-storage/minio: there is no Namespace neotool-storage',
    )
  })

  test('two manifests of one object', () => {
    expect(words(findTwins([...local, named(local, 'Service neotool-app/app')]))).toEqual([
      'Service neotool-app/app: there are 2 of it (twins)',
    ])
  })

  test('a selector beside the labels of its pods', () => {
    const edit = { set: 'spec/selector/matchLabels/app.kubernetes.io~1name', to: 'ap' }
    expect(words(findStrayLabels(changed(local, 'Deployment neotool-app/app', edit)))).toEqual([
      'Deployment neotool-app/app: it selects app.kubernetes.io/name=ap, and its pods have app (labels)',
    ])
  })

  test('a pod without the label of all of ours', () => {
    const edit = { remove: 'spec/template/metadata/labels/app.kubernetes.io~1part-of' }
    expect(words(findStrayLabels(changed(local, 'Deployment neotool-app/app', edit)))).toHaveLength(1)
  })
})
