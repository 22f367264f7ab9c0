import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PlatformError } from '../failure.ts'
import { runCommand } from '../run-command.ts'

const advice = 'npm needs a way to its registry: directly, or by a mirror or proxy (npm config get registry).'

// npm ends well although an optional package could not be fetched, or a disk that is full has cut its files off.
const troubles = /TAR_ENTRY_ERROR|attempt \d+ failed|failed optional dependency|EINTEGRITY/
const stackLine = /^\d+ silly/

const troublesIn = async (logs: string): Promise<string[]> => {
  const texts = await Promise.all((await readdir(logs)).map((name) => readFile(join(logs, name), 'utf8')))
  const lines = texts.flatMap((text) => text.split('\n'))
  return lines.filter((line) => troubles.test(line) && !stackLine.test(line))
}

/**
 * Installs what the package-lock.json of a directory names into another, empty one. No install scripts: npm may or may
 * not run them by the person's settings.
 */
export const installLocked = async (
  lockedPackage: string,
  directory: string,
  { signal }: { signal?: AbortSignal | undefined },
): Promise<void> => {
  const logs = await mkdtemp(join(tmpdir(), 'neotool-npm-'))
  try {
    for (const file of ['package.json', 'package-lock.json'])
      await copyFile(join(lockedPackage, file), join(directory, file))
    const options = ['--include=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
    const command = ['ci', ...options, `--logs-dir=${logs}`]
    await runCommand('npm', command, { cwd: directory, signal, reason: 'download', advice })
    const lines = await troublesIn(logs)
    const isHarmed = lines.some((line) => !/attempt \d+ failed/.test(line))
    if (!isHarmed) return
    throw new PlatformError(`npm could not install what ${join(lockedPackage, 'package-lock.json')} names.`, {
      reason: 'download',
      logLines: lines.slice(-15),
      advice,
    })
  } finally {
    await rm(logs, { recursive: true, force: true })
  }
}
