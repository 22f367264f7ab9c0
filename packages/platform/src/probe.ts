import { setTimeout as delay } from 'node:timers/promises'
import { messageOf, PlatformError } from './failure.ts'

/** Asks whether something is ready: resolves when it is, throws with what was answered when it is not. */
export type Probe = () => Promise<void>

/** Asks again and again until the probe resolves. The error after the deadline carries the last answer. */
export const waitUntilReady = async (
  what: string,
  probe: Probe,
  { withinMs, everyMs = 100, signal }: { withinMs: number; everyMs?: number; signal?: AbortSignal },
): Promise<void> => {
  const deadline = Date.now() + withinMs
  for (;;) {
    signal?.throwIfAborted()
    try {
      return await probe()
    } catch (error) {
      if (error instanceof PlatformError) throw error
      if (Date.now() > deadline) {
        throw new PlatformError(`${what} was not ready within ${withinMs / 1000} s (last: ${messageOf(error)}).`)
      }
    }
    await delay(everyMs)
  }
}

/** A fault that may pass: no PlatformError, which would end the wait, but an answer, the last line of what was printed. */
export const passingFault = (error: unknown): Error => {
  const last = error instanceof PlatformError ? error.logLines.at(-1) : undefined
  return new Error(last ?? messageOf(error))
}

/** A probe of work that may fail for now, such as a command. */
export const askedAgain =
  (ask: () => Promise<unknown>, signal?: AbortSignal): Probe =>
  async () => {
    try {
      await ask()
    } catch (error) {
      signal?.throwIfAborted()
      throw passingFault(error)
    }
  }

/** As waitUntilReady, every two seconds, for work that may fail for now: whatever it has failed with, it is done again. */
export const untilAnswered = (
  what: string,
  ask: () => Promise<unknown>,
  { withinMs, signal }: { withinMs: number; signal?: AbortSignal | undefined },
): Promise<void> =>
  waitUntilReady(what, askedAgain(ask, signal), { withinMs, everyMs: 2_000, ...(signal && { signal }) })

/** Ready when a GET answers 200; a 503's body names the check that fails, so it becomes the answer. */
export const probeHttp = async (url: string): Promise<void> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(3_000) }).catch((error: unknown) => {
    throw new Error(`${url}: ${messageOf(error instanceof Error && error.cause ? error.cause : error)}`)
  })
  if (response.status === 200) return void (await response.body?.cancel())
  throw new Error(`${url} answered ${response.status} ${(await response.text()).slice(0, 300)}`.trim())
}
