/*
 * Programs that PyPI has are installed by pip from the hash-locked requirements.txt of a directory in binaries/. Wheels
 * alone: to build a source package, pip would fetch build tools that no lock names.
 */
import { join } from 'node:path'
import { execa } from 'execa'
import { PlatformError } from '../failure.ts'
import { runCommand } from '../run-command.ts'

// The locks were made with 3.11; the versions in them support nothing older than this.
const oldest = [3, 11] as const

/** Fails with advice unless there is a Python that can make environments. */
export const assertPython = async (what: string): Promise<void> => {
  const script = 'import ensurepip, sys, venv; print(*sys.version_info[:2])'
  const { exitCode, stdout, all } = await execa('python3', ['-c', script], { all: true, reject: false })
  const [major = 0, minor = 0] = exitCode === 0 ? stdout.split(' ').map(Number) : []
  if (major === oldest[0] && minor >= oldest[1]) return
  const found =
    exitCode === undefined
      ? 'python3 was not found'
      : exitCode === 0
        ? `python3 is ${major}.${minor}`
        : `python3 says: ${all.trim().split('\n').at(-1)}`
  throw new PlatformError(`${what} needs Python ${oldest.join('.')} or later with its venv module; ${found}.`, {
    reason: 'prerequisite',
    advice: 'Install it (for example: apt-get install python3-venv), and run this again.',
  })
}

/** Installs what the requirements.txt of a directory names into a Python environment in another, empty one. */
export const installPythonPackages = async (
  what: string,
  lockedProject: string,
  directory: string,
  { signal }: { signal?: AbortSignal | undefined },
): Promise<void> => {
  await assertPython(what)
  await runCommand('python3', ['-m', 'venv', directory], { cwd: directory, signal })
  const options = ['--require-hashes', '--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '--no-input']
  await runCommand(
    pythonIn(directory),
    ['-m', 'pip', 'install', ...options, '--requirement', join(lockedProject, 'requirements.txt')],
    {
      cwd: directory,
      signal,
      reason: 'download',
      advice: 'pip needs a way to PyPI: directly, or by a mirror or proxy (pip config list).',
    },
  )
}

/** The python of such an environment. Programs are run as its modules: their own scripts hold the path of the build. */
export const pythonIn = (directory: string): string => join(directory, 'bin/python3')
