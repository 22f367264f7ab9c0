import type { TestContext } from 'vitest'

/** Skips the running test, which counts it, and prints why: Vitest itself keeps the reason to itself. */
export const skipFor = (reason: string, { skip }: Pick<TestContext, 'skip'>): never => {
  process.stderr.write(`Skipped: ${reason}\n`)
  return skip(reason)
}
