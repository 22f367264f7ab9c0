import { join } from 'node:path'
import { type Component, httpUrl, portOf } from '../component.ts'
import type { Environment } from '../environment.ts'
import type { PortRule } from '../ports.ts'
import { probeHttp } from '../probe.ts'
import { runCommand } from '../run-command.ts'

export type Address = { readonly name: string; readonly port: PortRule }

type GatewayOptions = { readonly port: number; readonly subgraphs: readonly Component[]; readonly webAddress: Address }

// Composed for each environment when its gateway starts: what is being changed runs before it is committed.
const supergraphOf = (environment: Environment) => join(environment.directory, 'supergraph.graphql')

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
    sources: ['gateway', 'packages/kit', 'contracts/graphql', 'package-lock.json'],
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
        GATEWAY_SUPERGRAPH_FILE: supergraphOf(environment),
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
    prepare: async (environment, { progress, signal }) => {
      progress('composing the supergraph')
      await runCommand(process.execPath, ['contracts/src/compose-supergraph.ts', supergraphOf(environment)], {
        cwd: environment.root,
        signal,
        advice: 'Mend what it names in contracts/graphql and run ./neotool up again.',
      })
    },
    probe: (environment) => probeHttp(`${httpUrl(environment, component)}/health/ready`),
  }
}
