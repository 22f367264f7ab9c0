import { platformErrorOf } from '@neotool/platform/failure'
import { commandsEnding } from '@neotool/platform/run-command'
import { CommanderError } from 'commander'
import { exitCodes } from './exit-codes.ts'
import { bold, dim, red } from './style.ts'

/** The person pressed Ctrl-C, or somebody sent SIGTERM. */
export class InterruptedError extends Error {}

/** Prints what happened, the last log lines and what to do; answers the exit code. */
export const printFailure = (error: unknown): number => {
  if (error instanceof InterruptedError) {
    console.error(error.message)
    return exitCodes.interrupted.code
  }
  // Commander has printed it, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done.code : exitCodes.usage.code
  const { message, reason, logLines, advice } = platformErrorOf(error)
  console.error(`\n${red(bold('Failed:'))} ${message}`)
  if (logLines.length > 0) console.error(`\n${logLines.map((line) => dim(`  | ${line}`)).join('\n')}`)
  if (advice) console.error(`\n${bold('What to do:')} ${advice}`)
  if (process.env.NEOTOOL_DEBUG && error instanceof Error) console.error(error.stack)
  return exitCodes[reason].code
}

/** Runs work that Ctrl-C may interrupt; `message` then says what state that leaves. */
export const interruptible = async <Result>(
  message: string,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> => {
  const controller = new AbortController()
  const interrupt = () => {
    // Whoever asks twice does not want to wait for a tidy end, but of what must have one.
    if (controller.signal.aborted && commandsEnding().length === 0) process.exit(exitCodes.interrupted.code)
    controller.abort(new InterruptedError(message))
    const awaited = commandsEnding()
    if (awaited.length > 0) console.error(`\nWaits for the end of ${awaited.join(', ')}, which was asked to stop.`)
  }
  const signals = ['SIGINT', 'SIGTERM'] as const
  // Not `once`: libraries that restore the terminal kill this process when they find themselves to be the only listeners.
  for (const signal of signals) process.on(signal, interrupt)
  try {
    return await work(controller.signal)
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error
  } finally {
    for (const signal of signals) process.off(signal, interrupt)
  }
}
