import { execa } from 'execa'
import { type FailureReason, PlatformError } from './failure.ts'

type Options = {
  readonly cwd: string
  /** The whole environment; that of this process when it is left out. */
  readonly env?: NodeJS.ProcessEnv
  readonly user?: { readonly uid: number; readonly gid: number } | undefined
  readonly signal?: AbortSignal | undefined
  readonly advice?: string
  /** What its failure means, unless its output tells. */
  readonly reason?: FailureReason
  /** Called with the last line of what was just printed. */
  readonly onLine?: (line: string) => void
}

/**
 * Runs a command to its end and answers its standard output. An abort ends it with everything it started; a failure is
 * reported with its last lines.
 */
export const runCommand = async (command: string, args: readonly string[], options: Options): Promise<string> => {
  const { cwd, env, user, signal, advice, reason, onLine } = options
  signal?.throwIfAborted()
  // A group of its own, because npm does not pass a signal on to what it runs.
  const child = execa(command, args, {
    cwd,
    detached: true,
    all: true,
    reject: false,
    stdin: 'ignore',
    ...(env && { env, extendEnv: false }),
    ...(user && { uid: user.uid, gid: user.gid }),
  })
  const endGroup = () => child.pid !== undefined && process.kill(-child.pid, 'SIGTERM')
  signal?.addEventListener('abort', endGroup, { once: true })
  if (onLine) child.all.on('data', (chunk: Buffer) => onLine(chunk.toString().trim().split('\n').at(-1)?.trim() ?? ''))
  const { exitCode, stdout, all, shortMessage } = await child
  signal?.removeEventListener('abort', endGroup)
  if (exitCode === 0) return stdout
  signal?.throwIfAborted()
  throw new PlatformError(shortMessage ?? `${command} failed.`, {
    logLines: (all ?? '').trim().split('\n').slice(-15),
    ...(advice && { advice }),
    ...(reason && { reason }),
  })
}
