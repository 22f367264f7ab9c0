import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from './telemetry.ts'

export type Loop = {
  /** Makes the loop look now instead of at its next poll. */
  wake(): void
  /** Ends after the step under way; nothing is left running. */
  stop(): Promise<void>
}

const LONGEST_PAUSE_MS = 10_000

/**
 * Repeats `work` until it is stopped: at once where it answers `again`, else after `pollMs` or a wake-up. A step that fails
 * is logged and tried again after a pause that doubles up to ten seconds.
 */
export const startLoop = ({
  name,
  pollMs,
  log,
  work,
  end,
}: {
  name: string
  pollMs: number
  log: Logger
  work: (signal: AbortSignal) => Promise<'again' | 'wait'>
  end: () => Promise<void>
}): Loop => {
  const stopping = new AbortController()
  let waiting = new AbortController()
  let isWoken = false
  const pause = async (ms: number): Promise<void> => {
    waiting = new AbortController()
    if (!isWoken && !stopping.signal.aborted) {
      const signal = AbortSignal.any([waiting.signal, stopping.signal])
      await delay(ms, undefined, { signal }).catch(() => {})
    }
    isWoken = false
  }
  const run = async (): Promise<void> => {
    for (let failures = 0; !stopping.signal.aborted; ) {
      try {
        if ((await work(stopping.signal)) === 'wait') await pause(pollMs)
        failures = 0
      } catch (error) {
        if (stopping.signal.aborted) break
        const ms = Math.min(pollMs * 2 ** failures, LONGEST_PAUSE_MS)
        failures += 1
        log.warn({ err: error, retryInMs: ms }, `${name}: a step failed`)
        await pause(ms)
      }
    }
    await end()
  }
  const ended = run().catch((error: unknown) => log.error({ err: error }, `${name}: ending failed`))
  return {
    wake: () => {
      isWoken = true
      waiting.abort()
    },
    stop: () => {
      stopping.abort()
      return ended
    },
  }
}
