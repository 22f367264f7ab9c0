import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'

const root = join(import.meta.dirname, '../../..')

export type Answer<Data> = {
  readonly status: number
  readonly traceId: string
  readonly data: Data | null
  readonly errors: readonly { readonly message: string; readonly extensions: { readonly reason: string } }[]
}

export type LogLine = { readonly msg?: string; readonly traceId?: string; readonly outcome?: string }

export type ServiceProcess = {
  readonly url: string
  /** Everything that it has logged. */
  readonly log: readonly LogLine[]
  graphql<Data>(query: string, variables: Readonly<Record<string, unknown>>, token?: string): Promise<Answer<Data>>
  health(path: 'live' | 'ready'): Promise<{ readonly status: number; readonly body: string }>
  /** A series of /metrics, summed over those that have these labels; zero where there is none. */
  metric(name: string, labels?: string): Promise<number>
  /** Sends the signal and resolves with the exit code, null after a kill, once the process is gone. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** A line of the log, unless kill -9 has cut it off. */
const entryOf = (line: string): LogLine | undefined => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** Starts a service's server as a process of its own; resolves when it listens, which it logs at the level `info`. */
export const startService = async (
  name: string,
  settings: Readonly<Record<string, string>>,
): Promise<ServiceProcess> => {
  // Whatever ends the tests ends the service.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', process.execPath, `services/${name}/src/main.ts`], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...basics, ...settings },
  })
  const exited = once(child, 'exit')
  const log: LogLine[] = []
  const address = Promise.withResolvers<string>()
  createInterface(child.stdout).on('line', (line) => {
    const entry = entryOf(line)
    if (entry === undefined) return
    log.push(entry)
    const found = /Server listening at (http:\S+)/.exec(entry.msg ?? '')?.[1]
    if (found !== undefined) address.resolve(found)
  })
  exited.then(([code]) => address.reject(new Error(`${name} ended with ${code} before it listened`)))
  const url = await address.promise
  return {
    url,
    log,
    graphql: async <Data>(query: string, variables: Readonly<Record<string, unknown>>, token?: string) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify({ query, variables }),
      })
      const { data = null, errors = [] }: Partial<Answer<Data>> = JSON.parse(await response.text())
      return { status: response.status, traceId: response.headers.get('x-trace-id') ?? '', data, errors }
    },
    health: async (path) => {
      const response = await fetch(`${url}/health/${path}`)
      return { status: response.status, body: await response.text() }
    },
    metric: async (metric, labels = '') => {
      const lines = (await (await fetch(`${url}/metrics`)).text()).split('\n')
      const values = lines.filter((line) => line.startsWith(`neotool_${name}_${metric}{`) && line.includes(labels))
      return values.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
    },
    end: async (signal) => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      const [code] = await exited
      return code
    },
  }
}

const { PATH = '', HOME = '/' } = process.env
const basics = { PATH, HOME }

/** Runs an operation to its end and returns what it printed; throws where it failed. */
export const runOperation = async (
  file: string,
  settings: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<string> => {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...basics, ...settings },
  })
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  if (code !== 0) throw new Error(`${file} ended with ${code}: ${errors}`)
  return output
}
