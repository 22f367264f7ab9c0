/*
 * PgBouncer is in no language's registry, so it comes from Debian: a `pgbouncer` on the PATH when there is one, else
 * the distribution's package, fetched by apt with its own checks of signatures and unpacked without installing it.
 * apt keeps its lists in our cache, so that this works without root and on a machine whose lists are empty.
 */
import { accessSync, constants } from 'node:fs'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { execa } from 'execa'
import { type Binaries, binariesDirectory } from '../cache.ts'
import { PlatformError } from '../failure.ts'
import { runCommand } from '../run-command.ts'

type Release = { readonly pgbouncer: string; readonly libraries: Readonly<Record<string, string>> }

/** Per Debian release the exact versions of the package and of those libraries that a small machine may lack. */
const releases: Readonly<Record<string, Release>> = {
  bookworm: {
    pgbouncer: '1.18.0-1+deb12u1',
    libraries: {
      'libcares.so.2': 'libc-ares2=1.18.1-3',
      'libevent-2.1.so.7': 'libevent-2.1-7=2.1.12-stable-8+deb12u1',
    },
  },
  trixie: {
    pgbouncer: '1.24.1-1+deb13u2',
    libraries: {
      'libcares.so.2': 'libc-ares2=1.34.9-1~deb13u1',
      'libevent-2.1.so.7': 'libevent-2.1-7t64=2.1.13-stable-1~deb13u1',
    },
  },
}

const installAdvice =
  'Install PgBouncer (for example: apt-get install pgbouncer) so that it is on the PATH, and run this again.'

const codename = async () =>
  /^VERSION_CODENAME="?(\w+)"?$/m.exec(await readFile('/etc/os-release', 'utf8').catch(() => ''))?.[1] ?? 'unknown'

/** A pgbouncer that the machine already has; Debian puts it into sbin, which is not on everybody's PATH. */
const installedProgram = (): string | undefined =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
    .map((directory) => join(directory, 'pgbouncer'))
    .find((candidate) => {
      try {
        accessSync(candidate, constants.X_OK)
        return true
      } catch {
        return false
      }
    })

const missingLibraries = async (program: string, env: Record<string, string>): Promise<string[]> => {
  const { stdout } = await execa('ldd', [program], { env, reject: false })
  return [...stdout.matchAll(/^\s*(\S+) => not found/gm)].flatMap(([, library]) => library ?? [])
}

const libraryPath = async (directory: string): Promise<string> => {
  const parent = join(directory, 'root/usr/lib')
  const architectures = await readdir(parent).catch(() => [])
  return architectures
    .filter((name) => name.includes('-linux-gnu'))
    .map((name) => join(parent, name))
    .join(delimiter)
}

const debianBinaries = (release: Release): Binaries => ({
  title: `PgBouncer ${release.pgbouncer.replace(/-.*/, '')}`,
  name: 'pgbouncer',
  version: release.pgbouncer,
  async install(directory, progress, signal) {
    const apt = join(directory, 'apt')
    const root = join(directory, 'root')
    for (const part of ['state/lists/partial', 'cache/archives/partial'])
      await mkdir(join(apt, part), { recursive: true })
    const settings = {
      'Dir::State': join(apt, 'state'),
      'Dir::State::status': '/var/lib/dpkg/status',
      'Dir::Cache': join(apt, 'cache'),
      // The directory is ours alone (0700) until it is complete, so apt's own download user could not write to it.
      'APT::Sandbox::User': 'root',
      'Acquire::Languages': 'none',
      'Acquire::Retries': '3',
    }
    const options = Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`])
    const fetchPackage = async (name: string) => {
      await runCommand('apt-get', [...options, '--quiet', 'download', name], {
        cwd: apt,
        signal,
        reason: 'download',
        advice: installAdvice,
      })
      for (const file of await readdir(apt)) {
        if (!file.endsWith('.deb')) continue
        await runCommand('dpkg', ['-x', join(apt, file), root], { cwd: apt, signal })
        await rm(join(apt, file))
      }
    }
    progress('reading package lists')
    await runCommand('apt-get', [...options, '--quiet', 'update'], {
      cwd: apt,
      signal,
      reason: 'download',
      advice: installAdvice,
    })
    progress('downloading')
    await fetchPackage(`pgbouncer=${release.pgbouncer}`)
    const program = join(root, 'usr/sbin/pgbouncer')
    for (const library of await missingLibraries(program, {})) {
      const name = release.libraries[library]
      if (!name)
        throw new PlatformError(`PgBouncer needs ${library}, which this machine lacks.`, {
          reason: 'prerequisite',
          advice: installAdvice,
        })
      await fetchPackage(name)
    }
    await rm(apt, { recursive: true })
    const env = { LD_LIBRARY_PATH: await libraryPath(directory) }
    await runCommand(program, ['--version'], { cwd: directory, env, signal, advice: installAdvice })
  },
})

/** What has to be fetched before PgBouncer can run; undefined when the machine has it. */
export const pgbouncerBinaries = async (): Promise<Binaries | undefined> => {
  if (installedProgram()) return undefined
  const name = await codename()
  const release = releases[name]
  if (release) return debianBinaries(release)
  throw new PlatformError(`There is no pgbouncer on the PATH, and none is known for this Linux (${name}).`, {
    reason: 'prerequisite',
    advice: installAdvice,
  })
}

/** The program to run and the environment that it needs. */
export const pgbouncerProgram = async (): Promise<{ command: string; env: Record<string, string> }> => {
  const installed = installedProgram()
  if (installed) return { command: installed, env: {} }
  const directory = binariesDirectory((await pgbouncerBinaries()) as Binaries)
  const libraries = await libraryPath(directory)
  return { command: join(directory, 'root/usr/sbin/pgbouncer'), env: libraries ? { LD_LIBRARY_PATH: libraries } : {} }
}
