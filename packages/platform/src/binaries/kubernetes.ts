import { join } from 'node:path'
import { binariesDirectory } from '../cache.ts'
import { type GoProgram, goBinaries } from './go.ts'

const programs = [
  'kube-apiserver',
  'kube-controller-manager',
  'kube-proxy',
  'kube-scheduler',
  'kubectl',
  'kubelet',
] as const

const version = '1.33.13'

// A module does not know its version; without one, kubectl warns of it and a kubelet counts as older than any API.
const versionVariables = (name: string): [string, string][] => [
  [`${name}.gitVersion`, `v${version}`],
  [`${name}.gitMajor`, version.split('.')[0] ?? ''],
  [`${name}.gitMinor`, version.split('.')[1] ?? ''],
  [`${name}.gitTreeState`, 'clean'],
  [`${name}.gitCommit`, ''],
]

/** Built on this machine in five to ten minutes. */
export const kubernetes: GoProgram = {
  title: 'Kubernetes',
  name: 'kubernetes',
  version,
  module: 'k8s.io/kubernetes',
  packages: programs.map((program) => `k8s.io/kubernetes/cmd/${program}`),
  oldestGo: [1, 24, 0],
  variables: Object.fromEntries(
    ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap(versionVariables),
  ),
}

export const kubernetesBinaries = goBinaries(kubernetes)

/** A program of Kubernetes, whether or not it has been built yet. */
export const kubernetesProgram = (name: (typeof programs)[number]): string =>
  join(binariesDirectory(kubernetesBinaries), name)
