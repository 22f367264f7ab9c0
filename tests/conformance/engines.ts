import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { eventually } from '@neotool/testkit/eventually'
import { type Engine, engine } from './differences.ts'
import { supergraphFile } from './subgraphs.ts'

const root = join(import.meta.dirname, '../..')

/** The one origin whose pages may call. */
export const ORIGIN = 'http://localhost:3000'

export type RunningGateway = AsyncDisposable & {
  /** Of the GraphQL endpoint. */
  readonly url: string
}

type Urls = { readonly app: string; readonly security: string }
type Program = { readonly command: string; readonly args: string[]; readonly env: Record<string, string> }

/** Starts the engine before the two subgraphs; resolves when it answers. */
export const startEngine = async (urls: Urls): Promise<RunningGateway> => {
  const port = await freePort()
  const { command, args, env } = await programs[engine](port, urls)
  // Whatever ends the tests ends the gateway.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', ...env },
  })
  let output = ''
  const keep = (chunk: Buffer) => {
    output = `${output}${chunk}`.slice(-5_000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const exited = once(child, 'exit')
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await exited
  }
  const url = `http://127.0.0.1:${port}/graphql`
  const isLive = async () => {
    if (child.exitCode !== null) return true
    return (await fetch(new URL('/health/live', url))).ok
  }
  try {
    await eventually(`${engine} at ${url}`, isLive)
    if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode} before it listened`)
  } catch (cause) {
    await stop()
    throw new Error(`${engine} does not come up; it said last:\n${output}`, { cause })
  }
  return { url, [Symbol.asyncDispose]: stop }
}

const programs: Readonly<Record<Engine, (port: number, urls: Urls) => Promise<Program>>> = {
  hive: async (port, urls) => ({
    command: process.execPath,
    args: ['--max-old-space-size=256', '--max-semi-space-size=16', 'gateway/src/main.ts'],
    env: {
      GATEWAY_HTTP_PORT: String(port),
      GATEWAY_LOG_LEVEL: 'warn',
      GATEWAY_SUPERGRAPH_FILE: supergraphFile,
      GATEWAY_CORS_ORIGINS: ORIGIN,
      GATEWAY_APP_URL: urls.app,
      GATEWAY_SECURITY_URL: urls.security,
    },
  }),
  'apollo-router': async (port, urls) => {
    const binary = process.env.NEOTOOL_ROUTER_BINARY
    if (binary === undefined) {
      throw new Error('There is no router: run ./neotool test --only router, or name one in NEOTOOL_ROUTER_BINARY.')
    }
    return {
      command: binary,
      args: ['--config', 'gateway/apollo-router/router.yaml', '--supergraph', supergraphFile],
      env: {
        APOLLO_TELEMETRY_DISABLED: 'true',
        ROUTER_LISTEN: `127.0.0.1:${port}`,
        ROUTER_METRICS_LISTEN: `127.0.0.1:${await freePort()}`,
        ROUTER_SCRIPTS: join(root, 'gateway/apollo-router'),
        ROUTER_CORS_ORIGIN: ORIGIN,
        ROUTER_APP_URL: urls.app,
        ROUTER_SECURITY_URL: urls.security,
      },
    }
  },
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}
