import { relative } from 'node:path'
import type { EnvironmentStatus, PartStatus } from '@neotool/platform/status'
import { checkout } from './checkout.ts'
import { dim, green, red, seconds, table, yellow } from './style.ts'

const colours = { ready: green, starting: yellow, stopped: dim, failed: red }
const paintState = (cell: string) => (cell in colours ? colours[cell as keyof typeof colours](cell) : cell)

const mebibytes = (bytes: number) => (bytes === 0 ? '' : `${(bytes / 2 ** 20).toFixed(0)} MiB`)
const memoryOf = (parts: readonly PartStatus[]) => mebibytes(parts.reduce((sum, part) => sum + part.memoryBytes, 0))

/** The table of `up` and `status`. */
export const partsTable = (parts: readonly PartStatus[]): string => {
  const rows = parts.map(({ name, url, state, memoryBytes, log }) => [
    name,
    url ?? '',
    state,
    mebibytes(memoryBytes),
    log ? relative(checkout, log) : '',
  ])
  const total = ['', '', '', memoryOf(parts), '']
  return table(['part', 'URL', 'state', 'memory', 'log'], [...rows, total], (cell, column) =>
    column === 2 ? paintState(cell) : cell,
  )
}

const whatComesNext = ({ crash, state }: PartStatus): string => {
  if (crash?.isGivenUp) return 'It is not started again by itself. Mend the cause and run ./neotool up.'
  if (crash?.retryAt) return `It is started again in ${seconds(Math.max(0, Date.parse(crash.retryAt) - Date.now()))}.`
  return `It was started again and is ${state}.`
}

/** What is to be said about each part that ended by itself of late. */
export const crashReports = (parts: readonly PartStatus[]): string[] =>
  parts.flatMap((part) => {
    const { name, state, crash } = part
    if (!crash) return []
    const times = crash.count === 1 ? '' : `, for the ${crash.count}. time in a row`
    const lines = state === 'ready' ? [] : crash.lastLines.map((line) => dim(`  | ${line}`))
    return [[`${paintCrash(part)(name)} ${crash.lastExit}${times}. ${whatComesNext(part)}`, ...lines].join('\n')]
  })

const paintCrash = ({ state }: PartStatus) => (state === 'ready' ? yellow : red)

const summary = (parts: readonly PartStatus[]): string => {
  const states = parts.map(({ state }) => state)
  if (states.every((state) => state === 'ready')) return 'ready'
  if (states.every((state) => state === 'stopped')) return 'stopped'
  return states.includes('failed') ? 'failed' : 'starting'
}

/** The table of `status --all`. */
export const environmentsTable = (environments: readonly EnvironmentStatus[]): string => {
  const rows = environments.map(({ name, parts }) => [
    name,
    summary(parts),
    `${parts.filter(({ state }) => state === 'ready').length} of ${parts.length}`,
    parts.find((part) => part.name === 'web')?.url ?? '',
    memoryOf(parts),
  ])
  return table(['environment', 'state', 'ready', 'web', 'memory'], rows, (cell, column) =>
    column === 1 ? paintState(cell) : cell,
  )
}
