/** What a step of a deployment would do, as people and programs are told of it. */

export type PlannedChange = {
  readonly subject: string
  readonly change: string
  readonly detail: readonly string[]
}

export type Planned = {
  /** One line. */
  readonly summary: string
  /** Each thing that would not be as it is. */
  readonly changes: readonly PlannedChange[]
}

const countOf = (changes: readonly PlannedChange[]): string => {
  const counts = new Map<string, number>()
  for (const { change } of changes) counts.set(change, (counts.get(change) ?? 0) + 1)
  return [...counts].map(([change, count]) => `${count} ${change}`).join(', ')
}

/** Counts the changes, and leaves out what stays as it is. */
export const planned = (changes: readonly PlannedChange[], more = ''): Planned => ({
  summary: [countOf(changes), more].filter(Boolean).join('; ') || 'nothing to do',
  changes: changes.filter(({ change }) => change !== 'unchanged' && change !== 'kept'),
})
