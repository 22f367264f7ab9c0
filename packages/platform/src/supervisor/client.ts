import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { type Environment, logFileOf } from '../environment.ts'
import { PlatformError } from '../failure.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { lastLines } from '../log-tail.ts'
import { isAlive, untilTrue } from '../processes.ts'
import { type Desired, type Entry, type Run, recordsOf } from './records.ts'

const sourceDirectory = join(import.meta.dirname, '..')
const fingerprint = () =>
  fingerprintOf(sourceDirectory, ['supervisor', 'processes.ts', 'json-file.ts', 'lock.ts', 'log-tail.ts'])

const isRunning = (run: Run | undefined): boolean => run?.identity != null && isAlive(run.identity)

export type Supervisor = {
  /** The record of a part, if it was ever started; `isRunning` tells whether it runs now. */
  find(name: string): (Run & { isRunning: boolean }) | undefined
  /** Has the part started, or replaced when it runs as another generation. */
  put(entry: Entry): void
  /** Has the part stopped and no longer restarted. */
  remove(name: string): void
}

/** Reads the record of a part without any supervisor. */
export const findRun = (environment: Pick<Environment, 'directory'>, name: string): ReturnType<Supervisor['find']> => {
  const run = recordsOf(environment.directory).readActual().parts[name]
  return run && { ...run, isRunning: isRunning(run) }
}

/** The environment's supervisor, when there shall be one. */
export const findSupervisor = (environment: Pick<Environment, 'directory'>) => {
  const supervisor = recordsOf(environment.directory).readActual().supervisor
  return supervisor && { ...supervisor, isRunning: isAlive(supervisor.identity) }
}

/** Has the supervisor end; the parts go on. Returns once it is gone. */
export const endSupervisor = async (environment: Environment): Promise<void> => {
  const supervisor = findSupervisor(environment)
  if (!supervisor?.isRunning) return
  const { identity } = supervisor
  const records = recordsOf(environment.directory)
  records.writeDesired({ supervisor: null, entries: records.readDesired()?.entries ?? [] })
  if (await untilTrue(() => !isAlive(identity), 40_000)) return
  throw new PlatformError(`The supervisor (pid ${identity.pid}) did not end within 40 s.`, {
    advice: `Look at ${logFileOf(environment, 'supervisor')}; kill it if it hangs: the parts do not end with it.`,
  })
}

const launchSupervisor = async (environment: Environment, hash: string) => {
  const logFile = logFileOf(environment, 'supervisor')
  const log = openSync(logFile, 'a', 0o600)
  const main = join(sourceDirectory, 'supervisor/main.ts')
  const child = spawn(process.execPath, [main, environment.directory, hash], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.unref()
  const isUp = () => {
    const supervisor = findSupervisor(environment)
    return supervisor?.isRunning === true && supervisor.fingerprint === hash
  }
  if (await untilTrue(isUp, 60_000)) return
  throw new PlatformError('The supervisor did not start within a minute.', { logLines: lastLines(logFile, 15) })
}

/** Makes sure that a supervisor of this code runs, without touching what runs well. */
export const ensureSupervisor = async (environment: Environment): Promise<Supervisor> => {
  const hash = fingerprint()
  const records = recordsOf(environment.directory)
  const present = findSupervisor(environment)
  if (!present?.isRunning || present.fingerprint !== hash) {
    await endSupervisor(environment)
    // What is not running now is started by `up` in its turn, not by the new supervisor all at once.
    const running = (records.readDesired()?.entries ?? []).filter(({ name }) =>
      isRunning(records.readActual().parts[name]),
    )
    records.writeDesired({ supervisor: hash, entries: running })
    await launchSupervisor(environment, hash)
  }
  const change = (update: (entries: Entry[]) => Entry[]) => {
    const desired: Desired = records.readDesired() ?? { supervisor: hash, entries: [] }
    records.writeDesired({ ...desired, entries: update(desired.entries) })
  }
  return {
    find: (name) => findRun(environment, name),
    put: (entry) => change((entries) => [...entries.filter(({ name }) => name !== entry.name), entry]),
    remove: (name) => change((entries) => entries.filter((entry) => entry.name !== name)),
  }
}
