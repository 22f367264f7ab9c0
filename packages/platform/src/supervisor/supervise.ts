/*
 * The supervisor: one small process per environment that compares what shall run with what does, and acts on the
 * difference a few times a second. It owns no pipe and no state that is not in a file: parts write their logs
 * themselves and outlive it, and its successor finds them by their identity. So killing it harms nothing, and a newer
 * one can take its place while everything runs.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, renameSync, statSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { messageOf } from '../failure.ts'
import { logSize } from '../log-tail.ts'
import { identify, isAlive, killLeftovers, stopProcess } from '../processes.ts'
import { type Actual, type Entry, type Run, recordsOf } from './records.ts'
import { endedRun, nextSteps } from './steps.ts'

const everyMs = 150
const largestLogBytes = 20e6

const openLog = (path: string): number => {
  if (logSize(path) > largestLogBytes) renameSync(path, `${path}.1`)
  return openSync(path, 'a', 0o600)
}

const spawnEntry = (entry: Entry): ChildProcess => {
  const log = openLog(entry.logFile)
  try {
    return spawn(entry.command, entry.args, {
      cwd: entry.cwd,
      env: entry.env,
      detached: true,
      stdio: ['ignore', log, log],
      ...(entry.user && { uid: entry.user.uid, gid: entry.user.gid }),
    })
  } finally {
    closeSync(log)
  }
}

/** Runs until it is told to end, another version is wanted, or the environment's directory is gone (then it stops all parts). */
export const supervise = async (directory: string, fingerprint: string, log: (line: string) => void): Promise<void> => {
  const records = recordsOf(directory)
  const directoryInode = statSync(directory).ino
  const self = identify(process.pid)
  if (!self) throw new Error('This process is not in /proc.')
  let actual: Actual = { supervisor: { identity: self, fingerprint }, parts: records.readActual().parts }
  records.writeActual(actual)
  /** How each process that we started ended; null while it runs. Those of a predecessor are not in it. */
  const exits = new Map<number, string | null>()
  const stopping = new Map<string, Promise<void>>()

  const isDirectoryGone = () => statSync(directory, { throwIfNoEntry: false })?.ino !== directoryInode

  const record = (name: string, run: Run | undefined) => {
    const { [name]: _, ...others } = actual.parts
    actual = { ...actual, parts: run ? { ...others, [name]: run } : others }
    if (!isDirectoryGone()) records.writeActual(actual)
  }

  const start = (entry: Entry) => {
    const { generation, fingerprint: hash, stopSignal, graceMs } = entry
    const before = actual.parts[entry.name]
    const isSame = before?.generation === generation
    const fresh = {
      generation,
      fingerprint: hash,
      stopSignal,
      graceMs,
      startedAt: Date.now(),
      crashes: isSame ? before.crashes : 0,
      retryAt: 0,
      // Kept, so that whoever waits for the part learns why it ended although it runs again.
      lastExit: isSame ? before.lastExit : null,
    }
    const failed = (error: unknown) => {
      log(`${entry.name} could not be started: ${messageOf(error)}`)
      record(
        entry.name,
        endedRun({ ...fresh, identity: null }, `could not be started: ${messageOf(error)}`, Date.now()),
      )
    }
    try {
      const child = spawnEntry(entry)
      const { pid } = child
      child.once('error', failed)
      if (pid === undefined) return
      exits.set(pid, null)
      child.once('exit', (code, signal) =>
        exits.set(pid, signal ? `was ended by ${signal}` : `exited with code ${code}`),
      )
      const identity = identify(pid)
      log(`${entry.name} started as pid ${pid}`)
      const run: Run = { ...fresh, identity: identity ?? null }
      record(entry.name, identity ? run : endedRun(run, 'ended at once', Date.now()))
    } catch (error) {
      failed(error)
    }
  }

  const stop = (name: string, run: Run) => {
    if (!run.identity || stopping.has(name)) return
    const stopped = stopProcess(run.identity, run).then((how) => {
      log(`${name} ${how === 'ended' ? 'stopped' : `was killed: it did not end within ${run.graceMs / 1000} s`}`)
      stopping.delete(name)
      record(name, undefined)
    })
    stopping.set(name, stopped)
  }

  const noteEnd = (name: string, run: Run) => {
    if (!run.identity || stopping.has(name)) return
    const exit = exits.get(run.identity.pid)
    // The kernel has told /proc and not yet us; the next look will know why it ended.
    if (exit === null) return
    killLeftovers(run.identity)
    exits.delete(run.identity.pid)
    const reason = exit ?? 'ended while no supervisor watched'
    log(`${name} ${reason}`)
    record(name, endedRun(run, reason, Date.now()))
  }

  for (;;) {
    if (isDirectoryGone()) {
      for (const [name, run] of Object.entries(actual.parts).reverse()) stop(name, run)
      return void (await Promise.all(stopping.values()))
    }
    const desired = records.readDesired()
    if (desired && desired.supervisor !== fingerprint) return void (await Promise.all(stopping.values()))
    const state = { isAlive: (run: Run) => run.identity !== null && isAlive(run.identity), now: Date.now() }
    for (const step of desired ? nextSteps(desired, actual, state) : []) {
      if (step.kind === 'start') start(step.entry)
      else if (step.kind === 'stop') stop(step.name, step.run)
      else noteEnd(step.name, step.run)
    }
    await delay(everyMs)
  }
}
