/*
 * What Linux knows about processes, read from /proc.
 *
 * A pid alone names nothing: it is reused once its process is gone. A process is therefore known by its pid together
 * with its start time and the boot it belongs to; whatever differs in one of them is somebody else's process and is
 * never signalled. Parts outlive the process that started them, so child handles and exit events are no help here.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'

export const identitySchema = z.object({ pid: z.int().positive(), startTime: z.string(), bootId: z.string() })

export type ProcessIdentity = z.infer<typeof identitySchema>

type Stat = { pid: number; state: string; parentPid: number; groupId: number; threads: number; startTime: string }

const readProc = (path: string): string | undefined => {
  try {
    return readFileSync(`/proc/${path}`, 'utf8')
  } catch {
    return undefined
  }
}

/** Splits a line of /proc/<pid>/stat; the command in brackets may itself hold blanks and brackets. */
export const parseStat = (line: string): Stat | undefined => {
  const end = line.lastIndexOf(')')
  const fields = line.slice(end + 2).split(' ')
  const [state, parentPid, groupId] = fields
  const threads = Number(fields[17])
  const startTime = fields[19]
  if (end < 0 || !state || !parentPid || !groupId || !startTime) return undefined
  const numbers = { pid: Number.parseInt(line, 10), parentPid: Number(parentPid), groupId: Number(groupId) }
  return { ...numbers, state, threads, startTime }
}

/**
 * A zombie has ended; only its parent has not looked yet, which in a container may never happen. While it has other
 * threads they are still ending, and until then it keeps its files and ports: 25 ms with a Java that was killed.
 */
const hasEnded = ({ state, threads }: Stat) => (state === 'Z' && threads <= 1) || state === 'X'

const livingStat = (pid: number): Stat | undefined => {
  const line = readProc(`${pid}/stat`)
  const stat = line === undefined ? undefined : parseStat(line)
  return stat && !hasEnded(stat) ? stat : undefined
}

const bootId = () => (readProc('sys/kernel/random/boot_id') ?? 'unknown').trim()

/** The identity of a running process, or undefined when there is none under this pid. */
export const identify = (pid: number): ProcessIdentity | undefined => {
  const stat = livingStat(pid)
  return stat && { pid, startTime: stat.startTime, bootId: bootId() }
}

/** Whether all threads of a process stand still: after SIGSTOP each goes on until it is its turn to hear of it. */
export const isStopped = (pid: number): boolean => {
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    return threads.every((thread) => parseStat(readProc(`${pid}/task/${thread}/stat`) ?? '')?.state === 'T')
  } catch {
    return false
  }
}

/** Whether two identities name the same process. */
export const isSameProcess = (one: ProcessIdentity, other: ProcessIdentity): boolean =>
  one.pid === other.pid && one.startTime === other.startTime && one.bootId === other.bootId

/** Whether the process that was identified still runs; a recycled pid answers no. */
export const isAlive = (identity: ProcessIdentity): boolean => {
  const now = identify(identity.pid)
  return now !== undefined && isSameProcess(now, identity)
}

const livingProcesses = (): Stat[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => livingStat(Number(entry)) ?? [])

/** Whether a process works in the directory, as far as this user may see it. */
export const isWorkedIn = (directory: string): boolean =>
  livingProcesses().some(({ pid }) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === directory
    } catch {
      return false
    }
  })

/** The process itself, its group and all descendants: PostgreSQL's backends leave the group, so both are needed. */
export const treeOf = (leader: number, processes: readonly Stat[] = livingProcesses()): number[] => {
  const tree = new Set([leader])
  for (let size = 0; size !== tree.size; ) {
    size = tree.size
    for (const { pid, parentPid, groupId } of processes) {
      if (groupId === leader || tree.has(parentPid)) tree.add(pid)
    }
  }
  return processes.map(({ pid }) => pid).filter((pid) => tree.has(pid))
}

/** PSS counts a page shared by n processes as 1/n in each, which is fair to PostgreSQL's shared buffers; RSS where PSS is not readable. */
const memoryOfProcess = (pid: number): number => {
  const pss = /^Pss:\s+(\d+) kB/m.exec(readProc(`${pid}/smaps_rollup`) ?? '')?.[1]
  const resident = pss ?? /^VmRSS:\s+(\d+) kB/m.exec(readProc(`${pid}/status`) ?? '')?.[1]
  return Number(resident ?? 0) * 1024
}

/** Memory of a process, by itself or with everything it started: the sum of proportional set sizes. */
export const memoryBytesOf = (identity: ProcessIdentity, of: 'itself' | 'tree'): number => {
  if (!isAlive(identity)) return 0
  const pids = of === 'tree' ? treeOf(identity.pid) : [identity.pid]
  return pids.reduce((sum, pid) => sum + memoryOfProcess(pid), 0)
}

const signal = (pid: number, name: NodeJS.Signals) => {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Resolves with true as soon as the condition holds, with false when the deadline has passed. */
export const untilTrue = async (condition: () => boolean, withinMs: number, everyMs = 50): Promise<boolean> => {
  const deadline = Date.now() + withinMs
  while (!condition()) {
    if (Date.now() > deadline) return false
    await delay(everyMs)
  }
  return true
}

/** Kills what is left of a group whose leader was seen to end; a group id is not reused while the group has members. */
export const killLeftovers = (leader: ProcessIdentity): void => {
  if (identify(leader.pid) !== undefined) return
  for (const { pid, groupId } of livingProcesses()) if (groupId === leader.pid) signal(pid, 'SIGKILL')
}

/**
 * Ends a process kindly, and after the grace period everything it started. Returns once nothing of it is left;
 * does nothing when the identity is no longer alive.
 */
export const stopProcess = async (
  identity: ProcessIdentity,
  { stopSignal, graceMs }: { stopSignal: NodeJS.Signals; graceMs: number },
): Promise<'ended' | 'killed'> => {
  if (!isAlive(identity)) return 'ended'
  const tree = treeOf(identity.pid).flatMap((pid) => identify(pid) ?? [])
  signal(identity.pid, stopSignal)
  const ended = await untilTrue(() => !isAlive(identity), graceMs)
  for (const member of [...tree, ...treeOf(identity.pid).flatMap((pid) => identify(pid) ?? [])]) {
    if (isAlive(member)) signal(member.pid, 'SIGKILL')
  }
  await untilTrue(() => !tree.some(isAlive), 5_000)
  return ended ? 'ended' : 'killed'
}
