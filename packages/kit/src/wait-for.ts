import { setTimeout as delay } from 'node:timers/promises'
import { codeOf } from './sqlstate.ts'

/** How long somebody waits, and to whom they say for what. */
export type Patience = { readonly withinSeconds: number; readonly say: (line: string) => void }

/** Of a Job that may start before what it needs: longer than a server takes to start, then the Job's own attempts count. */
export const OF_A_JOB: Patience = { withinSeconds: 120, say: (line) => process.stderr.write(`${line}\n`) }

const POLL_MS = 1_000

/**
 * Does a piece of work as soon as it can be done: repeats it each second while it fails for a reason that may pass, and says
 * each new reason once. Throws the last error where it may not pass, or has not in time.
 */
export const waitFor = async <Result>(
  work: () => Promise<Result>,
  { withinSeconds, say }: Patience,
  mayPass: (error: unknown) => boolean = () => true,
): Promise<Result> => {
  const deadline = performance.now() + withinSeconds * 1_000
  let said: string | undefined
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!mayPass(error) || performance.now() >= deadline) throw error
      const reason = reasonOf(error)
      if (reason !== said) say(`waiting: ${reason}`)
      said = reason
    }
    await delay(POLL_MS)
  }
}

/** An error's message, with the network's own fault below it: an unknown host and a wrong certificate both look like no answer. */
export const reasonOf = (error: unknown): string => {
  let innermost = error
  while (innermost instanceof Error && innermost.cause !== undefined) innermost = innermost.cause
  const [outer, inner] = [messageOf(error), messageOf(innermost)]
  return codeOf(innermost) === undefined || outer.includes(inner) ? outer : `${outer} (${inner})`
}

/** A failure to connect to every address of a name has no message of its own. */
const messageOf = (error: unknown): string =>
  (error instanceof Error && (error.message || codeOf(error))) || String(error)
