import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { type FailureReason, messageOf, PlatformError } from './failure.ts'

type Options = {
  readonly cwd: string
  /** The whole environment; that of this process when it is left out. */
  readonly env?: NodeJS.ProcessEnv
  readonly user?: { readonly uid: number; readonly gid: number } | undefined
  readonly signal?: AbortSignal | undefined
  /** What it reads on its standard input, where nobody but the two of them sees it; nothing when it is left out. */
  readonly input?: string | undefined
  readonly advice?: string
  /** What its failure means, unless its output tells. */
  readonly reason?: FailureReason
  /** Called with the last line of what was just printed. */
  readonly onLine?: (line: string) => void
  /**
   * How an abort, or the end of this process, ends it. `forced`, as always where it is left out: with everything that it
   * has started, by force where that does not go. `asked`: by one interrupt, as Ctrl-C in a terminal gives it, whose effect
   * is awaited for as long as it takes; for what would leave half a work behind.
   */
  readonly ending?: Ending
}

type Ending = 'forced' | 'asked'

/**
 * Runs "$@" with a guard in its group that reads our pipe. The guard is told when the command has ended; when the pipe
 * ends without a word, this process is gone, kill -9 included, and the guard ends the group. Otherwise a build whose `up`
 * is gone would go on for minutes and fight the next one over the same files.
 */
const guardedBy = (end: string) => `
(
  trap '' TERM INT
  read -r _ <&3 || { ${end}; }
) >/dev/null 2>&1 &
exec "$@" 3<&-`

const ENDINGS = {
  forced: { signal: 'SIGTERM', script: guardedBy('kill -TERM 0; sleep 2; kill -KILL 0') },
  asked: { signal: 'SIGINT', script: guardedBy('kill -INT 0') },
} as const

/** Passes on what a command prints, and still takes it when this process is gone: to write to nobody would end the command. */
const relay = () =>
  spawn('sh', ['-c', 'cat; exec cat >/dev/null'], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] })

const asked = new Set<{ readonly command: string }>()

/** The commands that were asked to end and whose end is awaited. */
export const commandsEnding = (): readonly string[] => [...asked].map(({ command }) => command)

/**
 * Runs a command to its end and answers its standard output. An abort ends it, and so does the end of this process; a
 * failure is reported with its last lines.
 */
export const runCommand = async (command: string, args: readonly string[], options: Options): Promise<string> => {
  const { cwd, env, user, signal, input, advice, reason, onLine, ending = 'forced' } = options
  signal?.throwIfAborted()
  const relays = ending === 'asked' ? ([relay(), relay()] as const) : undefined
  const passedOn = relays?.map((each) => once(each, 'close').catch(() => {})) ?? []
  const child = spawn('sh', ['-c', ENDINGS[ending].script, 'sh', command, ...args], {
    cwd,
    ...(env && { env }),
    ...user,
    // A group of its own, because npm does not pass a signal on to what it runs.
    detached: true,
    stdio: ['pipe', relays?.[0].stdin ?? 'pipe', relays?.[1].stdin ?? 'pipe', 'pipe'],
  })
  for (const each of relays ?? []) each.stdin.destroy()
  const [stdin, , , guard] = child.stdio as [Writable, unknown, unknown, Writable, unknown]
  const [out, err] = (relays?.map(({ stdout }) => stdout) ?? [child.stdout, child.stderr]) as [Readable, Readable]
  // It may end without having read all of it; its exit code then says whether that was a fault.
  stdin.on('error', () => {}).end(input)
  // It is gone when somebody has killed the whole group.
  guard.on('error', () => {})
  const dismissGuard = () => void (guard.writableEnded || guard.end('ended\n'))
  child.once('exit', dismissGuard)
  const self = { command }
  const endGroup = () => {
    if (ending === 'asked') {
      asked.add(self)
      // Terraform takes a second interrupt for leave to drop everything, so the guard shall not send one.
      dismissGuard()
    }
    try {
      if (child.pid !== undefined) process.kill(-child.pid, ENDINGS[ending].signal)
    } catch {
      // It has just ended.
    }
  }
  signal?.addEventListener('abort', endGroup, { once: true })
  const [stdout, all]: [string[], string[]] = [[], []]
  const note = (chunk: string) => {
    all.push(chunk)
    onLine?.(chunk.trim().split('\n').at(-1)?.trim() ?? '')
  }
  out.setEncoding('utf8').on('data', (chunk: string) => stdout.push(chunk))
  for (const stream of [out, err]) stream.setEncoding('utf8').on('data', note)
  const fault = await once(child, 'close').then(
    ([code, killedBy]) => (killedBy ? `was ended by ${killedBy}` : code === 0 ? undefined : `exited with code ${code}`),
    (error: unknown) => `could not be started: ${messageOf(error)}`,
  )
  await Promise.all(passedOn)
  signal?.removeEventListener('abort', endGroup)
  asked.delete(self)
  if (fault === undefined) return stdout.join('')
  signal?.throwIfAborted()
  throw new PlatformError(`${[command, ...args].join(' ')} ${fault}.`, {
    logLines: all.join('').trim().split('\n').slice(-15),
    ...(advice && { advice }),
    ...(reason && { reason }),
  })
}
