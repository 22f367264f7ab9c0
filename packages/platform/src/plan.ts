/** Decisions of `up` and `down` as plain functions of what is wanted and what is. */

type Dependent<Self> = { readonly name: string; readonly dependsOn: readonly Self[] }

/** Everything that the given components need, each once, dependencies first. */
export const inStartOrder = <Part extends Dependent<Part>>(components: readonly Part[]): Part[] => {
  const ordered = new Set<Part>()
  const visit = (part: Part) => {
    part.dependsOn.forEach(visit)
    ordered.add(part)
  }
  components.forEach(visit)
  const names = [...ordered].map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice) throw new Error(`Two components are called ${twice}.`)
  return [...ordered]
}

/** The parts that an environment has: some are of a full one alone. */
export const partsOf = <Part extends { readonly isFullOnly?: boolean }>(
  parts: readonly Part[],
  { isFull }: { readonly isFull: boolean },
): Part[] => parts.filter(({ isFullOnly = false }) => isFull || !isFullOnly)

/** Groups that may be stopped at once, dependents before what they depend on. */
export const inStopOrder = <Part extends Dependent<Part>>(components: readonly Part[]): Part[][] => {
  const remaining = new Set(inStartOrder(components))
  const groups: Part[][] = []
  while (remaining.size > 0) {
    const needed = new Set([...remaining].flatMap(({ dependsOn }) => dependsOn))
    const group = [...remaining].filter((part) => !needed.has(part))
    for (const part of group) remaining.delete(part)
    groups.push(group)
  }
  return groups
}

export type StartAction = 'start' | 'restart' | 'keep'

/** What `up` does with a part: a healthy one of the same code and configuration is left alone. */
export const startAction = (
  wanted: { readonly fingerprint: string },
  actual: { readonly fingerprint: string; readonly isRunning: boolean; readonly isReady: boolean } | undefined,
): StartAction => {
  if (!actual?.isRunning) return 'start'
  return actual.fingerprint === wanted.fingerprint && actual.isReady ? 'keep' : 'restart'
}

export const partStates = ['ready', 'starting', 'stopped', 'failed'] as const

export type PartState = (typeof partStates)[number]

/** The state of a part in one word. One that answers no more, long after it was started, has failed. */
export const partState = (
  actual: { readonly isRunning: boolean; readonly isReady: boolean; readonly startedAt: number } | undefined,
  { readyWithinMs, now }: { readyWithinMs: number; now: number },
): PartState => {
  if (!actual) return 'stopped'
  if (!actual.isRunning) return 'failed'
  if (actual.isReady) return 'ready'
  return now - actual.startedAt < readyWithinMs ? 'starting' : 'failed'
}
