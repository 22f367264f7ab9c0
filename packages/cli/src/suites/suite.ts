/** A check that failed, and what it said. */
export type Failure = { readonly check: string; readonly message: string }

/** What a suite counted. A check is one test, or one tool that must find nothing. */
export type Tally = { readonly passed: number; readonly failures: readonly Failure[]; readonly skipped: number }

export type SuiteOptions = {
  readonly root: string
  readonly isLong: boolean
  /** It was asked for by its name, so it shall build what it needs. */
  readonly isNamed: boolean
  /** A cluster that runs already, for the suite that needs one. */
  readonly kubeconfig?: string | undefined
  /** An Apollo Router that is there already, for the suite that needs one. */
  readonly routerBinary?: string | undefined
  readonly signal: AbortSignal
}

export type Suite = {
  readonly name: string
  /** Shown by `help test`. */
  readonly about: string
  /** It takes too long for every day: it runs only where it is named. */
  readonly isOnDemand?: true
  run(options: SuiteOptions): Promise<Tally>
}

export const nothing: Tally = { passed: 0, failures: [], skipped: 0 }

export const add = (one: Tally, other: Tally): Tally => ({
  passed: one.passed + other.passed,
  failures: [...one.failures, ...other.failures],
  skipped: one.skipped + other.skipped,
})

/** `12 passed, 0 failed`, and `, 3 skipped` when there are any. */
export const inWords = ({ passed, failures, skipped }: Tally): string =>
  `${passed} passed, ${failures.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
