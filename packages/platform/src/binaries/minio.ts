/*
 * MinIO is built with Go from the module that binaries/minio/go.mod pins, because it is in no registry as a program.
 * go.sum holds the checksum of every module that goes in. What Go has compiled stays in its own cache, so a build that
 * was interrupted goes on where it was.
 */
import { join } from 'node:path'
import { execa } from 'execa'
import { type Binaries, binariesDirectory } from '../cache.ts'
import { PlatformError } from '../failure.ts'
import { runCommand } from '../run-command.ts'

const lockedProject = join(import.meta.dirname, '../../binaries/minio')

// The oldest that binaries/minio/go.mod allows.
const oldestGo = [1, 24] as const

const goAdvice = `Install Go ${oldestGo.join('.')} or later (https://go.dev/doc/install) so that go is on the PATH, and run this again.`

/** The version in what `go version` prints: [1, 26, 8] of "go version go1.26.8 linux/amd64". */
export const goVersion = (output: string): number[] | undefined =>
  /\bgo(\d+)\.(\d+)(?:\.(\d+))?/
    .exec(output)
    ?.slice(1)
    .map((number) => Number(number ?? 0))

/** Fails with advice unless there is a Go that can build MinIO. */
export const assertGo = async (): Promise<void> => {
  const { exitCode, all } = await execa('go', ['version'], { all: true, reject: false })
  const [major = 0, minor = 0] = (exitCode === 0 && goVersion(all)) || []
  if (major > oldestGo[0] || (major === oldestGo[0] && minor >= oldestGo[1])) return
  throw new PlatformError(
    exitCode === undefined
      ? 'MinIO is built with Go, and go was not found.'
      : `MinIO is built with Go ${oldestGo.join('.')} or later; go says: ${all.trim()}`,
    { reason: 'prerequisite', advice: goAdvice },
  )
}

/** MinIO, built on this machine in three to four minutes. The version is that of the module; it has no releases there. */
export const minioBinaries: Binaries = {
  title: 'MinIO',
  name: 'minio',
  version: '0.0.0-20260212201848-7aac2a2c5b7c',
  async install(directory, progress, signal) {
    await assertGo()
    const output = ['-o', join(directory, 'minio')]
    // No C compiler is needed, and no paths of this machine go into the program.
    const options = ['-v', '-trimpath', '-ldflags', '-s -w']
    progress('building')
    await runCommand('go', ['build', ...options, ...output, 'github.com/minio/minio'], {
      cwd: lockedProject,
      env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly', CGO_ENABLED: '0' },
      signal,
      // Go names the modules that it downloads ("go: …") and then each package that it has begun to compile.
      onLine: (line) => progress(line.startsWith('go: ') ? line.slice(4) : `compiling ${line}`),
      reason: 'download',
      advice: 'Go needs a way to its module proxy: directly, or by a mirror in GOPROXY (go env GOPROXY).',
    })
  },
}

/** The program, whether or not it has been built yet. */
export const minioProgram = (): string => join(binariesDirectory(minioBinaries), 'minio')
