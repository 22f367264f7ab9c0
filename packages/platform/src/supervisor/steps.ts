import type { Actual, Desired, Entry, Run } from './records.ts'

export type Step =
  | { readonly kind: 'start'; readonly entry: Entry }
  | { readonly kind: 'stop'; readonly name: string; readonly run: Run }
  | { readonly kind: 'note end'; readonly name: string; readonly run: Run }

const longestBackoffMs = 30_000

/** A part that ran this long is taken to have been well, so its next end starts the waiting anew. */
export const wellAfterMs = 60_000

/** After this many ends in a row, two minutes by then, the part is left alone until a person runs `up`. */
export const mostCrashes = 9

/** How long to wait before the n-th restart in a row: half a second, doubled each time. */
export const backoffMs = (crashes: number): number => Math.min(500 * 2 ** Math.max(0, crashes - 1), longestBackoffMs)

/** What brings the actual state nearer to the desired one; nothing when they agree. */
export const nextSteps = (
  desired: Pick<Desired, 'entries'>,
  actual: Pick<Actual, 'parts'>,
  { isAlive, now }: { isAlive: (run: Run) => boolean; now: number },
): Step[] => {
  const wanted = new Map(desired.entries.map((entry) => [entry.name, entry]))
  const ends = Object.entries(actual.parts).flatMap(([name, run]): Step[] => {
    if (!run.identity) return []
    if (!isAlive(run)) return [{ kind: 'note end', name, run }]
    return wanted.get(name)?.generation === run.generation ? [] : [{ kind: 'stop', name, run }]
  })
  const starts = desired.entries.flatMap((entry): Step[] => {
    const run = actual.parts[entry.name]
    if (run?.identity) return []
    const isDue = !run || run.generation !== entry.generation || (run.crashes < mostCrashes && now >= run.retryAt)
    return isDue ? [{ kind: 'start', entry }] : []
  })
  return [...ends, ...starts]
}

/** The record of a part that ended though nobody stopped it. */
export const endedRun = (run: Run, lastExit: string, now: number): Run => {
  const crashes = now - run.startedAt > wellAfterMs ? 1 : run.crashes + 1
  return { ...run, identity: null, crashes, retryAt: now + backoffMs(crashes), lastExit }
}
