import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { findEnvironment, logFileOf } from '@neotool/platform/environment'
import { PlatformError } from '@neotool/platform/failure'
import { lastLines } from '@neotool/platform/log-tail'
import { partNames } from '@neotool/platform/status'
import { Argument, Command } from 'commander'
import { execa } from 'execa'
import { checkout } from '../checkout.ts'
import { exitCodes } from '../exit-codes.ts'
import { dim } from '../style.ts'
import { nameOption, noEnvironment } from './options.ts'

type Options = { name: string; follow?: true; lines: string }

const partsWithLogs = (directory: string) =>
  readdirSync(join(directory, 'logs'))
    .filter((file) => file.endsWith('.log'))
    .map((file) => file.slice(0, -'.log'.length))
    .sort()

/** Prints new lines as they come, until Ctrl-C; tail(1) knows how to follow a file that is rotated. */
const follow = async (
  files: readonly { part: string; path: string }[],
  prefixed: (part: string, line: string) => string,
) => {
  // The tails get Ctrl-C themselves and end; a command that was asked to stop has not failed.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(exitCodes.done.code))
  const tails = files.map(async ({ part, path }) => {
    const tail = execa('tail', ['--lines=0', '--follow=name', '--retry', path], {
      stderr: 'ignore',
      reject: false,
      buffer: false,
    })
    for await (const line of tail) console.log(prefixed(part, line))
  })
  await Promise.all(tails)
}

const logs = async (part: string | undefined, { name, follow: isFollowing, lines }: Options) => {
  const count = Number(lines)
  if (!Number.isInteger(count) || count < 0)
    throw new PlatformError(`--lines must be a whole number, not "${lines}".`, { reason: 'usage' })
  const environment = findEnvironment(checkout, name)
  if (!environment) throw noEnvironment(name)
  const known = partsWithLogs(environment.directory)
  if (part !== undefined && !existsSync(logFileOf(environment, part))) {
    throw new PlatformError(`There is no log of "${part}".`, {
      reason: 'usage',
      advice: `There are logs of: ${known.join(', ')}`,
    })
  }
  const files = (part === undefined ? known : [part]).map((each) => ({
    part: each,
    path: logFileOf(environment, each),
  }))
  const width = Math.max(...known.map(({ length }) => length), 0)
  const prefixed = (of: string, line: string) => (part === undefined ? `${dim(`${of.padEnd(width)} |`)} ${line}` : line)
  for (const file of files) for (const line of lastLines(file.path, count)) console.log(prefixed(file.part, line))
  if (isFollowing) await follow(files, prefixed)
}

export const logsCommand = new Command('logs')
  .description('print the last lines of the log of a part, or of all')
  .addArgument(new Argument('[part]', 'a name from ./neotool status').choices(partNames))
  .addOption(nameOption())
  .option('-f, --follow', 'go on printing what comes')
  .option('-n, --lines <count>', 'how many lines of each', '20')
  .action(logs)
