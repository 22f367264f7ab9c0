/*
 * What the NetworkPolicies allow, pair by pair and port by port, against what docs/architecture.md says: each edge of its
 * table is open, and everything else is closed. Cyclonus reckons with the policies; whom they are asked about is made here:
 * the pods of the manifests, those of K3s and of operators that the table names, pods that no table names (in each namespace
 * of ours, and in a foreign one under the labels of ours), and addresses outside.
 */
import { execa } from 'execa'
import { z } from 'zod'
import { cyclonusProgram } from '../../binaries/cyclonus.ts'
import { PlatformError } from '../../failure.ts'
import { NAME_LABEL, workloadsOf } from '../model.ts'
import type { KubernetesObject } from '../objects.ts'
import type { Edge, Port } from './connection-table.ts'
import type { Finding } from './finding.ts'

/** What may call or be called. */
type Peer = {
  /** What the table calls it; what it does not name has a name in brackets. */
  readonly name: string
  readonly address: string
  /** None for what is no pod. */
  readonly pod?: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> }
  /** What it opens, with the names that policies may use. */
  readonly ports: readonly (Port & { readonly name: string })[]
  readonly isOurs: boolean
}

/** Pods that no manifest of ours brings, as their makers label them. */
const foreignPods: readonly Pick<Peer, 'name' | 'pod'>[] = [
  { name: 'kube-dns', pod: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } } },
  { name: 'traefik', pod: { namespace: 'kube-system', labels: { [NAME_LABEL]: 'traefik' } } },
  { name: 'cloudnative-pg', pod: { namespace: 'cnpg-system', labels: { [NAME_LABEL]: 'cloudnative-pg' } } },
]

/** cert-manager puts it into the namespace of the certificate, under our policies. */
const solver = {
  name: 'acme-http-solver',
  pod: { namespace: 'neotool-web', labels: { 'acme.cert-manager.io/http01-solver': 'true' } },
}

// Of the networks that are kept for examples; of K3s' pods; of a private network, where nodes are; of clouds.
const INTERNET = '203.0.113.10'
const NODE = '192.168.0.10'
const METADATA = '169.254.169.254'
const METADATA_PORT = { port: 80, protocol: 'TCP' } as const

/** A port that nobody opens: only a policy that names no port lets it through. */
const UNUSED = 1

const everyPod = 'every pod'

const peersOf = (objects: readonly KubernetesObject[]): Peer[] => {
  let count = 0
  const nextAddress = () => `10.42.${Math.floor(count / 250)}.${(count++ % 250) + 1}`
  const ours = workloadsOf(objects).map(({ name, namespace, labels, pod }): Peer => {
    const ports = pod.containers.flatMap((container) =>
      container.ports.map(({ name: portName = '', containerPort, protocol }) => ({
        name: portName,
        port: containerPort,
        protocol: protocol === 'UDP' ? ('UDP' as const) : ('TCP' as const),
      })),
    )
    return { name, address: nextAddress(), pod: { namespace, labels }, ports, isOurs: true }
  })
  const namespaces = objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name)
  const strangers = namespaces.map((namespace): Peer => {
    const labels = { [NAME_LABEL]: 'stranger' }
    return {
      name: `(a stranger in ${namespace})`,
      address: nextAddress(),
      pod: { namespace, labels },
      ports: [],
      isOurs: true,
    }
  })
  const impostors = [...ours, ...foreignPods].map(({ name, pod }): Peer => {
    const labels = pod?.labels ?? {}
    return {
      name: `(${name} in default)`,
      address: nextAddress(),
      pod: { namespace: 'default', labels },
      ports: [],
      isOurs: false,
    }
  })
  return [
    ...ours,
    ...strangers,
    ...impostors,
    ...foreignPods.map((each) => ({ ...each, address: nextAddress(), ports: [], isOurs: false })),
    { ...solver, address: nextAddress(), ports: [], isOurs: true },
    ...Object.entries({ internet: INTERNET, kubernetes: NODE, '(metadata)': METADATA }).map(([name, address]) => ({
      name,
      address,
      ports: [],
      isOurs: false,
    })),
  ]
}

type Question = { readonly from: Peer; readonly to: Peer; readonly port: Port; readonly portName: string }

/** All pairs of which one at least is ours, each with the ports that matter there. */
const questionsOf = (peers: readonly Peer[], edges: readonly Edge[]): Question[] =>
  peers.flatMap((to) => {
    const wanted = edges.filter((edge) => edge.to === to.name)
    const outside =
      to.pod === undefined
        ? [...edges.filter(({ to: name }) => name === 'internet' || name === 'kubernetes'), METADATA_PORT]
        : []
    const ports: readonly Port[] = [
      ...to.ports,
      ...wanted,
      ...outside,
      { port: UNUSED, protocol: 'TCP' },
      { port: UNUSED, protocol: 'UDP' },
    ]
    const distinct = new Map(ports.map(({ port, protocol }) => [`${port}/${protocol}`, { port, protocol }]))
    return peers
      .filter((from) => from !== to || wanted.length > 0)
      .filter((from) => from.isOurs || to.isOurs)
      .flatMap((from) =>
        [...distinct.values()].map((port) => {
          const portName =
            to.ports.find((each) => each.port === port.port && each.protocol === port.protocol)?.name ?? ''
          return { from, to, port, portName }
        }),
      )
  })

const answers = z.array(z.object({ ingress: z.boolean(), egress: z.boolean() }))

const ask = async (objects: readonly KubernetesObject[], questions: readonly Question[]) => {
  const labels = new Map(
    objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => [metadata.name, metadata.labels]),
  )
  const peer = ({ address, pod }: Peer) => ({
    IP: address,
    Internal: pod && {
      Namespace: pod.namespace,
      NamespaceLabels: { ...(labels.get(pod.namespace) as object), 'kubernetes.io/metadata.name': pod.namespace },
      PodLabels: pod.labels,
    },
  })
  const input = JSON.stringify({
    policies: objects.filter(({ kind }) => kind === 'NetworkPolicy'),
    traffic: questions.map(({ from, to, port: { port, protocol }, portName }) => ({
      Source: peer(from),
      Destination: peer(to),
      ResolvedPort: port,
      ResolvedPortName: portName,
      Protocol: protocol,
    })),
  })
  const { exitCode, stdout, stderr } = await execa(cyclonusProgram(), { input, reject: false, maxBuffer: 2 ** 28 })
  if (exitCode !== 0) throw new PlatformError('Cyclonus cannot read the policies.', { logLines: stderr.split('\n') })
  return answers.parse(JSON.parse(stdout))
}

/** Whether the table allows it. */
const isAllowed = ({ from, to, port }: Question, edges: readonly Edge[]): boolean =>
  edges.some(
    (edge) =>
      (edge.from === from.name || (edge.from === everyPod && from.isOurs)) &&
      edge.to === to.name &&
      edge.port === port.port &&
      edge.protocol === port.protocol,
  )

/** The policies allow what the table allows, and nothing else. */
export const findWrongConnections = async (
  objects: readonly KubernetesObject[],
  edges: readonly Edge[],
): Promise<Finding[]> => {
  const peers = peersOf(objects)
  const questions = questionsOf(peers, edges)
  const allowed = await ask(objects, questions)
  const wrong = questions.flatMap((question, index): Finding[] => {
    const { from, to, port } = question
    const { ingress, egress } = allowed[index] ?? { ingress: false, egress: false }
    const isWanted = isAllowed(question, edges)
    const found = (problem: string) => [
      { rule: 'connections', object: `${from.name} → ${to.name}:${port.port}/${port.protocol}`, problem },
    ]
    if (isWanted && !(ingress && egress)) {
      const sides = [...(egress ? [] : ['egress of the one']), ...(ingress ? [] : ['ingress of the other'])]
      return found(`the table allows it, and the policies do not: ${sides.join(' and ')}`)
    }
    if (!isWanted && ingress && egress) return found('the policies allow it, and the table does not')
    // A half that leads nowhere waits for somebody to add the other half.
    const isHalf = from.isOurs && to.isOurs && ingress !== egress
    if (!isWanted && isHalf)
      return found(
        `${ingress ? 'the one may not call, but the other lets it in' : 'the one may call, but the other does not let it in'}`,
      )
    return []
  })
  const names = new Set([everyPod, ...peers.map(({ name }) => name)])
  const unknown = [...new Set(edges.flatMap(({ from, to }) => [from, to]))]
    .filter((name) => !names.has(name))
    .map((name) => ({ rule: 'connections', object: name, problem: 'the table names it, and there are no such pods' }))
  return [...unknown, ...wrong]
}
