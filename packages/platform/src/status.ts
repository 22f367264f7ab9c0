import { existsSync } from 'node:fs'
import type { Component } from './component.ts'
import { type Environment, findEnvironment, logFileOf } from './environment.ts'
import { inStartOrder, type PartState, partState } from './plan.ts'
import { platform } from './platform.ts'
import { memoryBytesOf } from './processes.ts'
import { findRun, findSupervisor } from './supervisor/client.ts'

export type PartStatus = {
  readonly name: string
  readonly state: PartState
  readonly url: string | null
  readonly pid: number | null
  /** Proportional set size of the process and all its descendants. */
  readonly memoryBytes: number
  readonly log: string | null
}

const stopped = (name: string): PartStatus => ({
  name,
  state: 'stopped',
  url: null,
  pid: null,
  memoryBytes: 0,
  log: null,
})

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
  }
}

/** The state of every part, each asked for it now. */
export const statusOfParts = async (environment: Environment): Promise<PartStatus[]> => [
  ...(await Promise.all(inStartOrder(platform).map((component) => statusOfPart(environment, component)))),
  statusOfSupervisor(environment),
]

/** The same by checkout and name; everything is stopped in an environment that was never started. */
export const environmentStatus = async (root: string, name: string): Promise<PartStatus[]> => {
  const environment = findEnvironment(root, name)
  if (environment) return statusOfParts(environment)
  return [...inStartOrder(platform).map((component) => stopped(component.name)), stopped('supervisor')]
}
