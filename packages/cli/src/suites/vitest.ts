import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { z } from 'zod'
import { nothing, type Suite, type SuiteOptions, type Tally } from './suite.ts'

const vitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})

/** Counts Vitest's JSON report. A file that fell over before its first test counts as one failure. */
export const tallyOf = (json: string): Tally => {
  const report = vitestReport.parse(JSON.parse(json))
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** Runs a project of the root's vitest.config.ts, whose tests see `env` beside the environment of this process. */
export const runProject = async (
  project: string,
  { root, isLong, signal }: SuiteOptions,
  env: Readonly<Record<string, string>> = {},
): Promise<Tally> => {
  const directory = await mkdtemp(join(tmpdir(), 'neotool-report-'))
  const file = join(directory, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  try {
    const { exitCode } = await execa('vitest', ['run', '--project', project, ...reporters], {
      cwd: root,
      preferLocal: true,
      localDir: root,
      // Files that vary with it read NEOTOOL_TEST_LONG.
      env: { NEOTOOL_TEST_LONG: isLong ? 'true' : 'false', ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      reject: false,
      cancelSignal: signal,
      // Vitest's own teardown stops servers that tests have started.
      forceKillAfterDelay: 60_000,
    })
    const tally = await readFile(file, 'utf8').then(tallyOf, () => nothing)
    const isHonest = tally.failed > 0 || (exitCode === 0 && tally.passed > 0)
    if (isHonest) return tally
    console.error(tally.passed === 0 ? `The suite ${project} ran no test.` : `Vitest ended with exit code ${exitCode}.`)
    return { ...tally, failed: 1 }
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
