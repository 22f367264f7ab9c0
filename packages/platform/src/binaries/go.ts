/*
 * Servers that are in no registry as a program are built with Go from the module that a go.mod of ours pins; its go.sum
 * holds the checksum of every module that goes in. What Go has compiled stays in its own cache, so a build that was
 * interrupted goes on where it was.
 */
import { join } from 'node:path'
import { execa } from 'execa'
import type { Binaries } from '../cache.ts'
import { PlatformError } from '../failure.ts'
import { runCommand } from '../run-command.ts'

/** What Go builds from one locked project: one program, or several of the same module. */
export type GoProgram = {
  readonly title: string
  /** The locked project is binaries/<name>. */
  readonly name: string
  readonly version: string
  /** The module that go.mod pins to the version. */
  readonly module: string
  /** What to build, each into a program of its last name; else the module itself, into one named as the project. */
  readonly packages?: readonly string[]
  /** The oldest Go that its go.mod allows. */
  readonly oldestGo: readonly [major: number, minor: number, patch: number]
  readonly tags?: string
  /** Values of string variables, by their full names. */
  readonly variables?: Readonly<Record<string, string>>
}

/** The version in what `go version` prints: [1, 26, 8] of "go version go1.26.8 linux/amd64". */
export const goVersion = (output: string): number[] | undefined =>
  /\bgo(\d+)\.(\d+)(?:\.(\d+))?/
    .exec(output)
    ?.slice(1)
    .map((number) => Number(number ?? 0))

/** Whether one version is older than another, number by number. */
export const isOlder = (version: readonly number[], oldest: readonly number[]): boolean => {
  const differing = oldest.findIndex((number, index) => number !== (version[index] ?? 0))
  return differing !== -1 && (version[differing] ?? 0) < (oldest[differing] ?? 0)
}

/** Fails with advice unless there is a Go that can build the program. */
export const assertGo = async ({ title, oldestGo }: Pick<GoProgram, 'title' | 'oldestGo'>): Promise<void> => {
  const { exitCode, all } = await execa('go', ['version'], { all: true, reject: false })
  const version = exitCode === 0 ? goVersion(all) : undefined
  if (version !== undefined && !isOlder(version, oldestGo)) return
  const oldest = oldestGo.slice(0, oldestGo[2] === 0 ? 2 : 3).join('.')
  throw new PlatformError(
    exitCode === undefined
      ? `${title} is built with Go, and go was not found.`
      : `${title} is built with Go ${oldest} or later; go says: ${all.trim()}`,
    {
      reason: 'prerequisite',
      advice: `Install Go ${oldest} or later (https://go.dev/doc/install) so that go is on the PATH, and run this again.`,
    },
  )
}

/** The binaries of a program that is built on this machine. */
export const goBinaries = (program: GoProgram): Binaries => ({
  title: program.title,
  name: program.name,
  version: program.version,
  async install(directory, progress, signal) {
    await assertGo(program)
    const { packages } = program
    // With a slash at its end, Go gives each program its own name.
    const output = packages ? `${directory}/` : join(directory, program.name)
    const variables = Object.entries(program.variables ?? {}).map(([name, value]) => `-X ${name}=${value}`)
    const tags = program.tags === undefined ? [] : ['-tags', program.tags]
    // No C compiler is needed, and no paths of this machine go into the program.
    const options = ['-v', '-trimpath', '-ldflags', ['-s -w', ...variables].join(' '), ...tags]
    progress('building')
    await runCommand('go', ['build', ...options, '-o', output, ...(packages ?? [program.module])], {
      cwd: join(import.meta.dirname, '../../binaries', program.name),
      env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly', CGO_ENABLED: '0' },
      signal,
      // Go names the modules that it downloads ("go: …") and then each package that it has begun to compile.
      onLine: (line) => progress(line.startsWith('go: ') ? line.slice(4) : `compiling ${line}`),
      reason: 'download',
      advice: 'Go needs a way to its module proxy: directly, or by a mirror in GOPROXY (go env GOPROXY).',
    })
  },
})
