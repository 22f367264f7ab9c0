import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { z } from 'zod'
import { nothing, type Suite, type SuiteOptions, type Tally } from './suite.ts'

const tallyFormat = z.object({
  passed: z.int(),
  failures: z.array(z.object({ check: z.string(), message: z.string() })),
  skipped: z.int(),
})

const REPORTER = new URL('tally-reporter.ts', import.meta.url)

/** Where Vitest fell over before its end there is none. */
const readTally = async (file: string): Promise<Tally> => {
  const json = await readFile(file, 'utf8').catch(() => undefined)
  return json === undefined ? nothing : tallyFormat.parse(JSON.parse(json))
}

/** Runs a project of the root's vitest.config.ts, whose tests see `env` beside the environment of this process. */
export const runProject = async (
  project: string,
  { root, isLong, signal }: SuiteOptions,
  env: Readonly<Record<string, string>> = {},
): Promise<Tally> => {
  const directory = await mkdtemp(join(tmpdir(), 'neotool-tally-'))
  const file = join(directory, 'tally.json')
  const reporters = ['--reporter=default', `--reporter=${fileURLToPath(REPORTER)}`]
  try {
    const { exitCode } = await execa('vitest', ['run', '--project', project, ...reporters], {
      cwd: root,
      preferLocal: true,
      localDir: root,
      // Files that vary with it read NEOTOOL_TEST_LONG.
      env: { NEOTOOL_TEST_LONG: isLong ? 'true' : 'false', NEOTOOL_TEST_TALLY: file, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      reject: false,
      cancelSignal: signal,
      // Vitest's own teardown stops servers that tests have started.
      forceKillAfterDelay: 60_000,
    })
    const tally = await readTally(file)
    const isHonest = tally.failures.length > 0 || (exitCode === 0 && tally.passed > 0)
    if (isHonest) return tally
    const message = `It ran ${tally.passed} tests, none of them failed, and Vitest ended with exit code ${exitCode}: its output says why.`
    console.error(message)
    return { ...tally, failures: [{ check: `the suite ${project}`, message }] }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** A suite that is a project of the root's vitest.config.ts. `prepare` makes sure of what its tests need. */
export const vitestSuite = (
  name: string,
  about: string,
  prepare: (signal: AbortSignal) => Promise<void> = async () => {},
): Suite => ({
  name,
  about,
  run: async (options) => {
    await prepare(options.signal)
    return runProject(name, options)
  },
})
