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
}

/**
 * Runs "$@" with a guard in its group that reads our pipe. The guard is told when the command has ended; when the pipe
 * ends without a word, this process is gone, kill -9 included, and the guard ends the group. Otherwise a build whose `up`
 * is gone would go on for minutes and fight the next one over the same files.
 */
const guarded = `
(
  trap '' TERM
  read -r _ <&3 || { kill -TERM 0; sleep 2; kill -KILL 0; }
) >/dev/null 2>&1 &
exec "$@" 3<&-`

/**
 * Runs a command to its end and answers its standard output. An abort ends it with everything it started, and so does
 * the end of this process; a failure is reported with its last lines.
 */
export const runCommand = async (command: string, args: readonly string[], options: Options): Promise<string> => {
  const { cwd, env, user, signal, input, advice, reason, onLine } = options
  signal?.throwIfAborted()
  const child = spawn('sh', ['-c', guarded, 'sh', command, ...args], {
    cwd,
    ...(env && { env }),
    ...user,
    // A group of its own, because npm does not pass a signal on to what it runs.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  })
  const [stdin, out, err, guard] = child.stdio as [Writable, Readable, Readable, Writable, unknown]
  // It may end without having read all of it; its exit code then says whether that was a fault.
  stdin.on('error', () => {}).end(input)
  // It is gone when somebody has killed the whole group.
  guard.on('error', () => {})
  child.once('exit', () => guard.end('ended\n'))
  const endGroup = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
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
  signal?.removeEventListener('abort', endGroup)
  if (fault === undefined) return stdout.join('')
  signal?.throwIfAborted()
  throw new PlatformError(`${[command, ...args].join(' ')} ${fault}.`, {
    logLines: all.join('').trim().split('\n').slice(-15),
    ...(advice && { advice }),
    ...(reason && { reason }),
  })
}
