import { styleText } from 'node:util'

// styleText looks at NO_COLOR, FORCE_COLOR and whether standard output is a terminal.
type Format = Parameters<typeof styleText>[0]
const style = (format: Format) => (text: string) => styleText(format, text, { stream: process.stdout })

export const bold = style('bold')
export const dim = style('dim')
export const green = style('green')
export const red = style('red')
export const yellow = style('yellow')

/** Columns as wide as their widest cell. `paint` colours a cell after its width is known. */
export const table = (
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  paint: (cell: string, column: number) => string = (cell) => cell,
): string => {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[], painted: (cell: string, column: number) => string) =>
    cells
      .map((cell, column) => painted(cell, column) + ' '.repeat((widths[column] ?? 0) - cell.length))
      .join('  ')
      .trimEnd()
  return [line(headings, dim), ...rows.map((row) => line(row, paint))].join('\n')
}

export const seconds = (milliseconds: number): string =>
  milliseconds < 60_000
    ? `${(milliseconds / 1000).toFixed(1)} s`
    : `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`
