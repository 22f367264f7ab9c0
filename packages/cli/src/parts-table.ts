import { relative } from 'node:path'
import type { PartStatus } from '@neotool/platform/status'
import { checkout } from './checkout.ts'
import { dim, green, red, table, yellow } from './style.ts'

const colours = { ready: green, starting: yellow, stopped: dim, failed: red }
const stateColumn = 2

const mebibytes = (bytes: number) => (bytes === 0 ? '' : `${(bytes / 2 ** 20).toFixed(0)} MiB`)

/** The table of `up` and `status`. */
export const partsTable = (parts: readonly PartStatus[]): string => {
  const rows = parts.map(({ name, url, state, memoryBytes, log }) => [
    name,
    url ?? '',
    state,
    mebibytes(memoryBytes),
    log ? relative(checkout, log) : '',
  ])
  const total = mebibytes(parts.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0))
  return table(['part', 'URL', 'state', 'memory', 'log'], [...rows, ['', '', '', total, '']], (cell, column) =>
    column === stateColumn && cell in colours ? colours[cell as keyof typeof colours](cell) : cell,
  )
}
