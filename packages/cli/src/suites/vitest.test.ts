import { expect, test } from 'vitest'
import { tallyOf } from './vitest.ts'

const report = (changes: object) =>
  JSON.stringify({
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [],
    ...changes,
  })

test('tests that were skipped or are still to be written count as skipped', () => {
  expect(tallyOf(report({}))).toEqual({ passed: 3, failed: 1, skipped: 3 })
})

test('a file that fell over before its first test counts as a failure', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{}] },
    { status: 'passed', assertionResults: [{}] },
  ]
  expect(tallyOf(report({ testResults }))).toEqual({ passed: 3, failed: 2, skipped: 3 })
})
