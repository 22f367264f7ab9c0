/*
 * A port is one number in four places: the Service, the container, the probes and what the program listens on. The last one
 * is in its settings, which each program has in its own form.
 */
import { z } from 'zod'
import { type Container, containersOf, isSelected, type Workload, workloadsOf } from '../model.ts'
import { type KubernetesObject, nameOf } from '../objects.ts'
import { servicesOf } from './addresses.ts'
import { environmentOf, mountedFilesOf } from './environment-of.ts'
import type { Finding } from './finding.ts'
import { programNameOf } from './images.ts'

type Program = {
  readonly environment: Readonly<Record<string, string>>
  /** Its command line, and the files of ConfigMaps that its pod mounts. */
  readonly commandLine: string
  readonly files: string
}

const numbersIn = (text: string, pattern: RegExp): number[] =>
  [...text.matchAll(pattern)].map(([, port]) => Number(port))

const one = (text: string | undefined): number[] => (text === undefined ? [] : [Number(text)])

/** The port of --web.listen-address, in which the Prometheus family says it, or what it is without that. */
const webListenAddress =
  (preset: number) =>
  ({ commandLine }: Program): number[] => {
    const given = numbersIn(commandLine, /--web\.listen-address=\S*?:(\d+)/g)
    return given.length > 0 ? given : [preset]
  }

const service = ({ environment }: Program): number[] =>
  Object.entries(environment).flatMap(([name, value]) => (name.endsWith('_HTTP_PORT') ? [Number(value)] : []))

/** By the name of its image what a program listens on. */
const listeners: Readonly<Record<string, (program: Program) => readonly number[]>> = {
  'neotool/app': service,
  'neotool/security': service,
  'neotool/assistant': service,
  'neotool/assets': service,
  'neotool/gateway': service,
  'neotool/web': ({ environment }) => one(environment.PORT ?? '3000'),
  'ghcr.io/apollographql/router': ({ files }) => numbersIn(files, /^\s*listen: (?:\$\{env\.\w+:-)?[\d.]+:(\d+)/gm),
  postgres: ({ environment }) => one(environment.PGPORT ?? '5432'),
  'docker.io/edoburu/pgbouncer': ({ files }) => numbersIn(files, /^listen_port\s*=\s*(\d+)/gm),
  'quay.io/prometheuscommunity/postgres-exporter': webListenAddress(9187),
  'quay.io/prometheuscommunity/pgbouncer-exporter': webListenAddress(9127),
  'apache/kafka': ({ environment }) => numbersIn(environment.KAFKA_LISTENERS ?? '', /:(\d+)/g),
  'minio/minio': ({ commandLine }) => numbersIn(commandLine, /--address\s+\S*:(\d+)/g),
  'hashicorp/vault': ({ files }) => numbersIn(files, /^\s*(?:cluster_)?address\s*=\s*"[^"]*:(\d+)"/gm),
  'quay.io/prometheus-operator/prometheus-operator': webListenAddress(8080),
  'grafana/grafana': ({ environment }) => one(environment.GF_SERVER_HTTP_PORT ?? '3000'),
  'grafana/loki': ({ files }) => numbersIn(files, /^\s*(?:http|grpc)_listen_port: (\d+)/gm),
  'grafana/promtail': ({ files }) => numbersIn(files, /^\s*(?:http|grpc)_listen_port: (\d+)/gm),
}

const programOf = (workload: Workload, container: Container, objects: readonly KubernetesObject[]): Program => ({
  environment: environmentOf(workload, container, objects, () => ''),
  commandLine: [...container.command, ...container.args].join(' '),
  files: mountedFilesOf(workload, container, objects),
})

const probesOf = ({ startupProbe, livenessProbe, readinessProbe }: Container) =>
  [startupProbe, livenessProbe, readinessProbe].flatMap(
    (probe) => probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? probe?.grpc?.port ?? [],
  )

/** Each container opens what its program listens on, and its probes ask there. */
export const findPortsNobodyListensOn = (objects: readonly KubernetesObject[]): Finding[] =>
  workloadsOf(objects)
    .filter(({ isOfOperator }) => !isOfOperator)
    .flatMap((workload) =>
      containersOf(workload.pod).flatMap((container) => {
        const found = (problem: string): Finding => ({
          rule: 'ports',
          object: nameOf(workload.object),
          problem: `${container.name}: ${problem}`,
        })
        const probes = probesOf(container)
          .filter((port) => !container.ports.some(({ name, containerPort }) => port === name || port === containerPort))
          .map((port) => found(`a probe asks port ${port}, which the container does not have`))
        const [firstPort] = container.ports
        if (firstPort === undefined) return probes
        const image = programNameOf(container.image)
        const listensOn = listeners[image]
        if (listensOn === undefined)
          return [...probes, found(`nobody knows what ${image} listens on: say it in checks/ports.ts`)]
        const ports = listensOn(programOf(workload, container, objects))
        const deaf = container.ports
          .filter(({ containerPort }) => !ports.includes(containerPort))
          .map(({ containerPort }) => found(`port ${containerPort}: it listens on ${ports.join(', ') || 'none'}`))
        return [...probes, ...deaf]
      }),
    )

const withTarget = z.union([z.int(), z.string()]).optional()

/** Each port of a Service is, under the same number, one of the containers that it leads to. */
export const findServicePortsWithoutTarget = (objects: readonly KubernetesObject[]): Finding[] => {
  const workloads = workloadsOf(objects)
  return servicesOf(objects).flatMap(({ object, namespace, selector, ports }): Finding[] => {
    if (object === undefined) return []
    const targets = workloads.filter((each) => each.namespace === namespace && isSelected(selector, each.labels))
    return ports.flatMap(({ port, targetPort }) =>
      targets.flatMap((target): Finding[] => {
        const wanted = withTarget.parse(targetPort) ?? port
        const containerPorts = target.pod.containers.flatMap((each) => each.ports)
        const match = containerPorts.find(({ name, containerPort }) => wanted === name || wanted === containerPort)
        const found = (problem: string) => [{ rule: 'ports', object: nameOf(object), problem }]
        if (match === undefined)
          return found(`port ${port} leads to ${wanted}, which ${nameOf(target.object)} does not have`)
        if (match.containerPort === port) return []
        return found(`port ${port} leads to ${match.containerPort} of ${nameOf(target.object)}: let them be the same`)
      }),
    )
  })
}
