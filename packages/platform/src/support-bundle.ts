/*
 * One archive for whoever helps from afar: versions, findings of the doctor, states and the ends of the logs. Everything
 * passes through the redactor, and no file is copied that exists to hold secrets.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { arch, release, tmpdir, totalmem, version } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { execa } from 'execa'
import { z } from 'zod'
import { examine } from './doctor/doctor.ts'
import { environmentNames } from './environment.ts'
import { messageOf } from './failure.ts'
import { readJsonFile } from './json-file.ts'
import { lastLines } from './log-tail.ts'
import { redactorOf } from './redact.ts'
import { runCommand } from './run-command.ts'
import { environmentStatus } from './status.ts'
import { recordsOf } from './supervisor/records.ts'

const linesPerLog = 2_000

const directoryOf = (root: string, name: string) => join(root, '.neotool', name)

/** Every value of an environment that is secret: those of secrets.json, and the keys of the keystore. */
const secretsIn = (directory: string): string[] => {
  const secrets = readJsonFile(join(directory, 'secrets.json'), z.record(z.string(), z.string())) ?? {}
  const keystore = join(directory, 'keystore')
  const keys = existsSync(keystore) ? readdirSync(keystore).filter((name) => name.endsWith('.key')) : []
  return [...Object.values(secrets), ...keys.map((name) => readFileSync(join(keystore, name), 'utf8').trim())]
}

const versions = async (root: string) => {
  const git = async (...args: string[]) => (await execa('git', args, { cwd: root, reject: false })).stdout
  const { stdout: linux } = await execa('sed', ['-n', 's/^PRETTY_NAME=//p', '/etc/os-release'], { reject: false })
  return {
    commit: await git('rev-parse', 'HEAD'),
    changedFiles: (await git('status', '--short')).split('\n').filter(Boolean).length,
    node: process.version,
    linux: [linux, release(), version(), arch()],
    memoryBytes: totalmem(),
    isRoot: process.getuid?.() === 0,
    at: new Date().toISOString(),
  }
}

/** What the supervisor wrote down, without the variables that parts are started with. */
const recordOf = (directory: string) => {
  const { readActual, readDesired } = recordsOf(directory)
  const wanted = readDesired()?.entries.map(({ name, generation, command, args }) => ({
    name,
    generation,
    command,
    args,
  }))
  return { actual: readActual(), desired: wanted ?? [] }
}

const orMessage = async (work: () => unknown): Promise<unknown> => {
  try {
    return await work()
  } catch (error) {
    return { error: messageOf(error) }
  }
}

const filesOf = async (root: string): Promise<ReadonlyMap<string, string>> => {
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
  const files = new Map([
    ['versions.json', json(await orMessage(() => versions(root)))],
    ['doctor.json', json(await orMessage(() => examine(root)))],
  ])
  for (const name of environmentNames(root)) {
    const directory = directoryOf(root, name)
    files.set(`${name}/status.json`, json(await orMessage(() => environmentStatus(root, name))))
    files.set(`${name}/state.json`, await readFile(join(directory, 'state.json'), 'utf8'))
    files.set(`${name}/run.json`, json(await orMessage(() => recordOf(directory))))
    const logs = join(directory, 'logs')
    for (const log of existsSync(logs) ? readdirSync(logs) : []) {
      files.set(`${name}/logs/${log}`, `${lastLines(join(logs, log), linesPerLog).join('\n')}\n`)
    }
  }
  return files
}

/** Writes the archive, for the person alone to read, and answers the names of what is in it. */
export const writeSupportBundle = async (root: string, archive: string): Promise<readonly string[]> => {
  const redact = redactorOf(environmentNames(root).flatMap((name) => secretsIn(directoryOf(root, name))))
  const files = await filesOf(root)
  const parent = await mkdtemp(join(tmpdir(), 'neotool-support-'))
  try {
    for (const [name, text] of files) {
      const path = join(parent, 'neotool-support', name)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, redact(text))
    }
    const target = resolve(archive)
    await writeFile(target, '', { mode: 0o600 })
    await chmod(target, 0o600)
    await runCommand('tar', ['-czf', target, 'neotool-support'], { cwd: parent })
    return [...files.keys()]
  } finally {
    await rm(parent, { recursive: true, force: true })
  }
}
