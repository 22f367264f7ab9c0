/** Ways from this machine to the Services of a cluster, by kubectl: no name and no ingress need lead there. */
import { PlatformError } from '../../failure.ts'
import type { Cluster } from '../cluster.ts'

export type Forward = AsyncDisposable & {
  /** Of this machine, on 127.0.0.1. */
  readonly port: number
}

export type ServicePort = readonly [namespace: string, service: string, port: number]

/** Makes a Service reachable on a free port of this machine, until it is disposed; ends with this process at the latest. */
export const forwardTo = async (
  cluster: Pick<Cluster, 'kubectl'>,
  [namespace, service, port]: ServicePort,
  signal?: AbortSignal,
): Promise<Forward> => {
  const end = new AbortController()
  const opened = Promise.withResolvers<number>()
  const command = cluster.kubectl(
    ['port-forward', '--namespace', namespace, `service/${service}`, `:${port}`, '--address=127.0.0.1'],
    {
      signal: AbortSignal.any([end.signal, ...(signal ? [signal] : [])]),
      onLine: (line) => {
        const local = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(line)?.[1]
        if (local !== undefined) opened.resolve(Number(local))
      },
    },
  )
  const ended = command.then(
    () => opened.reject(new PlatformError(`The way to ${namespace}/${service} was closed at once.`)),
    (error: unknown) => opened.reject(error),
  )
  return {
    port: await opened.promise,
    [Symbol.asyncDispose]: async () => {
      end.abort()
      await ended
    },
  }
}
