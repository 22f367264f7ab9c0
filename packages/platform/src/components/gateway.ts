import { join } from 'node:path'
import { type Component, httpUrl, portOf } from '../component.ts'
import type { Environment } from '../environment.ts'
import type { PortRule } from '../ports.ts'
import { probeHttp } from '../probe.ts'

export type Address = { readonly name: string; readonly port: PortRule }

type GatewayOptions = { readonly port: number; readonly subgraphs: readonly Component[]; readonly webAddress: Address }

const supergraph = 'contracts/supergraph.graphql'

// The planner's native part lives outside these limits. A small young generation keeps memory low after a flood of unique
// operations; a larger one gave no more requests per second.
const heapLimitMb = 256
const youngHeapMb = 16

/** The browser's name for a part on this machine. */
export const localOrigin = (environment: Environment, of: Address): string =>
  `http://localhost:${portOf(environment, of)}`

/** The one GraphQL API over the subgraphs. */
export const gatewayComponent = ({ port, subgraphs, webAddress }: GatewayOptions): Component => {
  const component = { name: 'gateway' }
  return {
    ...component,
    port: { fixed: port },
    dependsOn: subgraphs,
    preparations: [],
    sources: ['gateway', 'packages/kit', supergraph, 'package-lock.json'],
    readyWithinMs: 60_000,
    url: (environment) => `${httpUrl(environment, component)}/graphql`,
    launch: async (environment) => ({
      command: process.execPath,
      args: [`--max-old-space-size=${heapLimitMb}`, `--max-semi-space-size=${youngHeapMb}`, 'gateway/src/main.ts'],
      cwd: environment.root,
      env: {
        GATEWAY_HTTP_HOST: '127.0.0.1',
        GATEWAY_HTTP_PORT: String(portOf(environment, component)),
        GATEWAY_LOG_LEVEL: 'info',
        GATEWAY_SUPERGRAPH_FILE: join(environment.root, supergraph),
        GATEWAY_CORS_ORIGINS: localOrigin(environment, webAddress),
        GATEWAY_INTROSPECTION: 'true',
        ...Object.fromEntries(
          subgraphs.map((subgraph) => [
            `GATEWAY_${subgraph.name.toUpperCase()}_URL`,
            `${httpUrl(environment, subgraph)}/graphql`,
          ]),
        ),
      },
      user: 'person',
      stopSignal: 'SIGTERM',
      graceMs: 28_000,
    }),
    probe: (environment) => probeHttp(`${httpUrl(environment, component)}/health/ready`),
  }
}
