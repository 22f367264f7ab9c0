import { writeFile } from 'node:fs/promises'
import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node'
import { add, type Failure, nothing, type Tally } from './suite.ts'

type Said = { readonly message: string; readonly stack?: string | undefined }

// The lines of a stack in installed packages say nothing of ours.
const isForeign = (line: string): boolean => /^\s+at .*node_modules/.test(line)

/** What errors say, each with the lines of its stack that are ours. */
const textOf = (errors: readonly Said[]): string =>
  errors
    .flatMap(({ message, stack }) => (stack ?? message).split('\n'))
    .filter((line) => !isForeign(line))
    .join('\n')

const failuresOfTest = (test: TestCase): readonly Failure[] => {
  const { state, errors } = test.result()
  if (state !== 'failed') return []
  return [{ check: `${test.module.relativeModuleId}: ${test.fullName}`, message: textOf(errors) }]
}

/** A file, or a suite in it, falls over by its hooks or its imports: its tests are skipped then, and do not say so. */
const failuresOfPart = (name: string, part: TestModule | TestSuite): readonly Failure[] => {
  const errors = part.errors()
  return errors.length === 0 ? [] : [{ check: name, message: textOf(errors) }]
}

const tallyOfFile = (file: TestModule): Tally => {
  const tests = [...file.children.allTests()]
  const failures = [
    ...failuresOfPart(file.relativeModuleId, file),
    ...[...file.children.allSuites()].flatMap((suite) =>
      failuresOfPart(`${file.relativeModuleId}: ${suite.fullName}`, suite),
    ),
    ...tests.flatMap(failuresOfTest),
  ]
  const isUnfinished = file.state() === 'pending' || file.state() === 'queued'
  return {
    passed: tests.filter((test) => test.result().state === 'passed').length,
    failures: isUnfinished ? [...failures, { check: file.relativeModuleId, message: 'It did not end.' }] : failures,
    skipped: tests.filter((test) => ['skipped', 'pending'].includes(test.result().state)).length,
  }
}

/** Vitest's reporter for `neotool test`: writes the tally of a run to the file that NEOTOOL_TEST_TALLY names. */
export default class TallyReporter implements Reporter {
  async onTestRunEnd(files: readonly TestModule[], unhandledErrors: readonly Said[]): Promise<void> {
    const file = process.env.NEOTOOL_TEST_TALLY
    if (file === undefined) throw new Error('NEOTOOL_TEST_TALLY is not set: it names the file for the tally.')
    const besideTests = unhandledErrors.map((error) => ({
      check: 'an error beside all tests',
      message: textOf([error]),
    }))
    const tally = add(files.map(tallyOfFile).reduce(add, nothing), { ...nothing, failures: besideTests })
    await writeFile(file, JSON.stringify(tally))
  }
}
