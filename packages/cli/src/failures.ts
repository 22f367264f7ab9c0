import { messageOf, PlatformError } from '@neotool/platform/failure'
import { bold, dim, red } from './style.ts'

/** The person pressed Ctrl-C, or somebody sent SIGTERM. */
export class InterruptedError extends Error {}

const interruptedExitCode = 130

/** Prints what happened, the last log lines and what to do; answers the exit code. */
export const printFailure = (error: unknown): number => {
  if (error instanceof InterruptedError) {
    console.error(error.message)
    return interruptedExitCode
  }
  console.error(`\n${red(bold('Failed:'))} ${messageOf(error)}`)
  if (error instanceof PlatformError) {
    if (error.logLines.length > 0) console.error(`\n${error.logLines.map((line) => dim(`  | ${line}`)).join('\n')}`)
    if (error.advice) console.error(`\n${bold('What to do:')} ${error.advice}`)
  } else if (process.env.NEOTOOL_DEBUG && error instanceof Error) {
    console.error(error.stack)
  }
  return 1
}

/** Runs work that Ctrl-C may interrupt; `message` then says what state that leaves. */
export const interruptible = async <Result>(
  message: string,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> => {
  const controller = new AbortController()
  const interrupt = () => controller.abort(new InterruptedError(message))
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.once(signal, interrupt)
  try {
    return await work(controller.signal)
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error
  } finally {
    for (const signal of signals) process.off(signal, interrupt)
  }
}
