export type Load = {
  /** For the throughput: how many events, and how many are committed or sent at once. */
  readonly events: number
  readonly batch: number
  /** For the latency: how many events, one each so many milliseconds. */
  readonly paced: number
  readonly everyMs: number
}

export type Measured = { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number }

/** The value that this share of the values does not exceed. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}
