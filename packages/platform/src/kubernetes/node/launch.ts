import { messageOf, PlatformError } from '../../failure.ts'
import { lastLines } from '../../log-tail.ts'
import { waitUntilReady } from '../../probe.ts'
import { isAlive } from '../../processes.ts'
import { startChild } from '../../test-servers.ts'
import type { NodeLayout } from './layout.ts'
import type { Namespaces } from './namespaces.ts'
import type { NodeProgram } from './programs.ts'

export type Launched = {
  /** Asks until there is an answer; fails at once when the program has ended, and always with the last lines of its log. */
  untilReady(ask: () => Promise<unknown>, withinMs: number): Promise<void>
}

/** Starts a program of the node inside its namespaces, with which it ends. */
export const launch = (
  layout: NodeLayout,
  { inNode }: Namespaces,
  { name, command, args }: NodeProgram,
  signal?: AbortSignal,
): Launched => {
  const logFile = layout.logFile(name)
  const [enter = '', ...entering] = inNode
  const at = { directory: layout.directory, logFile, owner: undefined, stopSignal: 'SIGKILL' as const }
  const { identity } = startChild(enter, [...entering, command, ...args], at)
  const fail = (message: string) => new PlatformError(message, { logLines: lastLines(logFile, 15) })
  return {
    untilReady: async (ask, withinMs) => {
      const probe = async () => {
        if (!isAlive(identity)) throw fail(`${name} ended while the node started.`)
        await ask().catch((error: unknown) => {
          // A plain error: it is asked again.
          throw new Error(error instanceof PlatformError ? error.logLines.at(-1) : messageOf(error))
        })
      }
      await waitUntilReady(name, probe, { withinMs, ...(signal && { signal }) }).catch((error: unknown) => {
        signal?.throwIfAborted()
        throw error instanceof PlatformError && error.logLines.length > 0 ? error : fail(messageOf(error))
      })
    },
  }
}
