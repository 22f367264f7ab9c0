import type { Logger } from './telemetry.ts'

export type ShutdownStep = readonly [name: string, stop: () => Promise<unknown> | unknown]

// Kubernetes waits 30 s before SIGKILL; we are done before that.
const DEADLINE_MS = 25_000

/**
 * Runs the steps in their order on SIGTERM or SIGINT, then exits: 0 when all ended well, 1 when one failed or all of them
 * together took longer than 25 s. A failed step does not keep the later ones from running; a second signal ends at once.
 */
export const onShutdown = (log: Logger, steps: readonly ShutdownStep[]): void => {
  let isStopping = false
  const stop = async (signal: NodeJS.Signals) => {
    if (isStopping) {
      log.warn({ signal }, 'second signal, ending at once')
      process.exit(1)
    }
    isStopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => {
      log.error({ deadlineMs: DEADLINE_MS }, 'stopping took too long')
      process.exit(1)
    }, DEADLINE_MS).unref()
    let failed = false
    for (const [name, end] of steps) {
      try {
        await end()
      } catch (error) {
        failed = true
        log.error({ err: error, step: name }, 'a step of stopping failed')
      }
    }
    log.info('stopped')
    process.exit(failed ? 1 : 0)
  }
  process.off('SIGTERM', endAtOnce)
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

// 128 + 15, as shells have it of a process that SIGTERM ended.
const endAtOnce = () => process.exit(143)

/**
 * Runs a program's `main`; a failure is printed whole, with its causes, and ends the process with exit code 1. SIGTERM ends it
 * until onShutdown knows better.
 */
export const runMain = (main: () => Promise<void>): void => {
  // The first process of a container is spared what it does not handle: it would live on until SIGKILL.
  if (process.pid === 1) process.on('SIGTERM', endAtOnce)
  main().catch((error: unknown) => {
    process.stderr.write(`${describe(error)}\n`)
    process.exit(1)
  })
}

const describe = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  // A ConfigError speaks to the person who set the variables: our stack would only hide it.
  const own = error.name === 'ConfigError' ? error.message : (error.stack ?? error.message)
  return error.cause === undefined ? own : `${own}\ncaused by: ${describe(error.cause)}`
}
