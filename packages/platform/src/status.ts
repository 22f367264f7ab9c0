import { existsSync } from 'node:fs'
import type { Component } from './component.ts'
import { type Environment, environmentNames, findEnvironment, logFileOf } from './environment.ts'
import { lastLines } from './log-tail.ts'
import { inStartOrder, type PartState, partState, partsOf } from './plan.ts'
import { platform } from './platform.ts'
import { memoryBytesOf } from './processes.ts'
import { findRun, findSupervisor } from './supervisor/client.ts'
import { mostCrashes, wellAfterMs } from './supervisor/steps.ts'

export type PartStatus = {
  readonly name: string
  readonly state: PartState
  readonly url: string | null
  readonly pid: number | null
  /** Proportional set size of the process and all its descendants. */
  readonly memoryBytes: number
  readonly log: string | null
  /** How it ended by itself of late; null when it did not, or has run well since. */
  readonly crash: Crash | null
}

export type Crash = {
  /** How often in a row. */
  readonly count: number
  readonly lastExit: string
  /** When it is started again, in ISO 8601; null when it runs, or is no longer restarted. */
  readonly retryAt: string | null
  readonly isGivenUp: boolean
  readonly lastLines: readonly string[]
}

const stopped = (name: string): PartStatus => ({
  name,
  state: 'stopped',
  url: null,
  pid: null,
  memoryBytes: 0,
  log: null,
  crash: null,
})

const crashLines = 5

const crashOf = (environment: Environment, name: string, run: ReturnType<typeof findRun>): Crash | null => {
  if (!run || run.crashes === 0 || (run.isRunning && Date.now() - run.startedAt > wellAfterMs)) return null
  const isGivenUp = !run.isRunning && run.crashes >= mostCrashes
  return {
    count: run.crashes,
    lastExit: run.lastExit ?? 'ended',
    retryAt: run.isRunning || isGivenUp ? null : new Date(run.retryAt).toISOString(),
    isGivenUp,
    lastLines: lastLines(logFileOf(environment, name), crashLines),
  }
}

const existingLog = (environment: Environment, part: string) => {
  const file = logFileOf(environment, part)
  return existsSync(file) ? file : null
}

const statusOfPart = async (environment: Environment, component: Component): Promise<PartStatus> => {
  const { name, readyWithinMs } = component
  const run = findRun(environment, name)
  const isReady =
    run?.isRunning === true &&
    (await component.probe(environment).then(
      () => true,
      () => false,
    ))
  const identity = run?.isRunning ? run.identity : null
  return {
    name,
    state: partState(run && { ...run, isReady }, { readyWithinMs, now: Date.now() }),
    // A component that was added since the last `up` has no port yet.
    url: environment.ports[name] === undefined ? null : component.url(environment),
    pid: identity?.pid ?? null,
    memoryBytes: identity ? memoryBytesOf(identity, 'tree') : 0,
    log: existingLog(environment, name),
    crash: crashOf(environment, name, run),
  }
}

const statusOfSupervisor = (environment: Environment): PartStatus => {
  const supervisor = findSupervisor(environment)
  const identity = supervisor?.isRunning ? supervisor.identity : null
  return {
    name: 'supervisor',
    state: identity ? 'ready' : supervisor ? 'failed' : 'stopped',
    url: null,
    pid: identity?.pid ?? null,
    // The parts are its children; they have been counted.
    memoryBytes: identity ? memoryBytesOf(identity, 'itself') : 0,
    log: existingLog(environment, 'supervisor'),
    crash: null,
  }
}

/** The state of every part, each asked for it now. */
export const statusOfParts = async (environment: Environment): Promise<PartStatus[]> => [
  ...(await Promise.all(
    partsOf(inStartOrder(platform), environment).map((component) => statusOfPart(environment, component)),
  )),
  statusOfSupervisor(environment),
]

/** The names of all that has a state and a log. */
export const partNames: readonly string[] = [...inStartOrder(platform).map(({ name }) => name), 'supervisor']

/** The same by checkout and name; everything is stopped in an environment that was never started. */
export const environmentStatus = async (root: string, name: string): Promise<PartStatus[]> => {
  const environment = findEnvironment(root, name)
  if (environment) return statusOfParts(environment)
  const parts = partsOf(inStartOrder(platform), { isFull: false })
  return [...parts.map((part) => stopped(part.name)), stopped('supervisor')]
}

export type EnvironmentStatus = { readonly name: string; readonly parts: readonly PartStatus[] }

/** The state of every environment of the checkout. */
export const statusOfAll = (root: string): Promise<EnvironmentStatus[]> =>
  Promise.all(environmentNames(root).map(async (name) => ({ name, parts: await environmentStatus(root, name) })))
