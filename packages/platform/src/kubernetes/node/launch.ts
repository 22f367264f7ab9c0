import { messageOf, PlatformError } from '../../failure.ts'
import { lastLines } from '../../log-tail.ts'
import { passingFault, waitUntilReady } from '../../probe.ts'
import { isAlive, type ProcessIdentity, stopProcess } from '../../processes.ts'
import { startChild } from '../../test-servers.ts'
import type { NodeLayout } from './layout.ts'
import type { Namespaces } from './namespaces.ts'
import type { NodeProgram } from './programs.ts'

export type Launcher = {
  /** Starts a program of the node inside its namespaces, with which it ends; gives the process that brought it there. */
  start(program: NodeProgram): ProcessIdentity
  /**
   * Asks until there is an answer. Fails when there is none in time, with the last lines of what the program wrote; and
   * at once when any program that was started has ended, with the last lines of that one.
   */
  untilReady(program: NodeProgram, ask: () => Promise<unknown>, withinMs: number): Promise<void>
  /**
   * Ends all that was started, with the processes outside the namespaces that brought them there: one of these that is stopped
   * would not take note of the end of its program, for which the kernel would wait with the end of the namespace.
   */
  end(): Promise<void>
}

/** Starts programs in the namespaces of a node and keeps an eye on them. */
export const makeLauncher = (layout: NodeLayout, { inNode }: Namespaces, signal?: AbortSignal): Launcher => {
  const started: { readonly name: string; readonly identity: ProcessIdentity }[] = []
  const fail = (name: string, message: string) =>
    new PlatformError(message, { logLines: lastLines(layout.logFile(name), 15) })
  const assertAlive = () => {
    const ended = started.find(({ identity }) => !isAlive(identity))
    if (ended) throw fail(ended.name, `${ended.name} ended while the node started.`)
  }
  return {
    start: ({ name, command, args }) => {
      const [enter = '', ...entering] = inNode
      const at = { directory: layout.directory, logFile: layout.logFile(name), owner: undefined }
      const { identity } = startChild(enter, [...entering, command, ...args], { ...at, stopSignal: 'SIGKILL' })
      started.push({ name, identity })
      return identity
    },
    untilReady: async ({ name }, ask, withinMs) => {
      const probe = async () => {
        assertAlive()
        await ask().catch((error: unknown) => {
          throw passingFault(error)
        })
      }
      await waitUntilReady(name, probe, { withinMs, ...(signal && { signal }) }).catch((error: unknown) => {
        signal?.throwIfAborted()
        throw error instanceof PlatformError && error.logLines.length > 0 ? error : fail(name, messageOf(error))
      })
    },
    end: async () => {
      const ends = started.map(({ identity }) => stopProcess(identity, { stopSignal: 'SIGKILL', graceMs: 10_000 }))
      await Promise.all(ends)
    },
  }
}
