import type { Progress } from './cache.ts'
import type { Environment } from './environment.ts'
import type { PortRule } from './ports.ts'
import type { Probe } from './probe.ts'

/** How to start the process of a part. */
export type Launch = {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  /** All that the part needs beyond the few variables that every process gets. */
  readonly env: Readonly<Record<string, string>>
  /** PostgreSQL and PgBouncer run as the data owner, everything else as whoever runs neotool. */
  readonly user: 'person' | 'data owner'
  readonly stopSignal: NodeJS.Signals
  /** How long it may take to end before it is killed. */
  readonly graceMs: number
}

/** Work that depends on no running part and begins at once: fetching binaries, building the web. */
export type Preparation = {
  readonly title: string
  isDone(environment: Environment): Promise<boolean>
  run(environment: Environment, work: Work): Promise<void>
  /** Asked for when a part that needs it has failed to start: what is wrong with its outcome, if anything. */
  findDamage?(): Promise<string | undefined>
}

export type Work = { readonly progress: Progress; readonly signal: AbortSignal }

/** One part of the platform: what it depends on, how it is started, and how it is asked whether it is ready. */
export type Component = {
  readonly name: string
  readonly port: PortRule
  /** Where it listens besides, each under a name of its own. */
  readonly morePorts?: readonly { readonly name: string; readonly port: PortRule }[]
  /** Started by `up --full` alone. */
  readonly isFullOnly?: boolean
  /** These are ready before this one is prepared and started. */
  readonly dependsOn: readonly Component[]
  readonly preparations: readonly Preparation[]
  /** Files and directories of the checkout; when one changes, `up` restarts the part. */
  readonly sources: readonly string[]
  readonly readyWithinMs: number
  url(environment: Environment): string
  launch(environment: Environment): Promise<Launch>
  /** What else the part reads when it starts, such as a file that `prepare` writes; a change restarts the part. */
  settings?(environment: Environment): unknown
  /** Runs before the part is started or restarted. */
  prepare?(environment: Environment, work: Work): Promise<void>
  probe(environment: Environment): ReturnType<Probe>
  /** Runs at each `up` once the part is ready, so it must be idempotent and fast. */
  whenReady?(environment: Environment): Promise<void>
}

/** The port that an environment gave to a component. */
export const portOf = (environment: Environment, component: Pick<Component, 'name'>): number => {
  const port = environment.ports[component.name]
  if (port === undefined) throw new Error(`The environment ${environment.name} has no port for ${component.name}.`)
  return port
}

export const httpUrl = (environment: Environment, component: Pick<Component, 'name'>): string =>
  `http://127.0.0.1:${portOf(environment, component)}`
