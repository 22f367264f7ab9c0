/** The table of docs/architecture.md that says which pods may call which. */
import { PlatformError } from '../../failure.ts'
import type { EnvironmentKind } from '../environment-file.ts'

export type Port = { readonly port: number; readonly protocol: 'TCP' | 'UDP' }

/** One cell to one cell: a row of the table is several. */
export type Edge = Port & { readonly from: string; readonly to: string }

const HEADING = '## Who may call whom'
const COLUMNS = ['from', 'to', 'port', 'why', 'where']

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())

const listOf = (cell: string): string[] => cell.split(',').map((item) => item.trim())

const portOf = (text: string): Port => {
  const [, port, protocol = 'TCP'] = /^(\d+)(?:\/(TCP|UDP))?$/.exec(text) ?? []
  if (port === undefined) throw unreadable(`"${text}" is no port`)
  return { port: Number(port), protocol: protocol === 'UDP' ? 'UDP' : 'TCP' }
}

const unreadable = (problem: string): PlatformError =>
  new PlatformError(`The table of "${HEADING}" in docs/architecture.md cannot be read: ${problem}.`, {
    advice: `Its columns are ${COLUMNS.join(', ')}; several names and ports of a cell have commas between them.`,
  })

/** What the table allows in an environment. */
export const readConnectionTable = (markdown: string, environment: EnvironmentKind): Edge[] => {
  const section = markdown.split(`${HEADING}\n`)[1]?.split('\n## ')[0]
  if (section === undefined) throw unreadable('there is no such heading')
  const [header = '', divider = '', ...rows] = section.split('\n').filter((line) => line.startsWith('|'))
  if (cellsOf(header).join() !== COLUMNS.join()) throw unreadable(`its columns are ${cellsOf(header).join(', ')}`)
  if (!/^[|\s:-]+$/.test(divider)) throw unreadable('there is no line below its columns')
  return rows.flatMap((row) => {
    const [from = '', to = '', port = '', , where = '', ...more] = cellsOf(row)
    if (where === '' || more.length > 0) throw unreadable(`"${row}" has not ${COLUMNS.length} cells`)
    const places = listOf(where)
    const wrong = places.find((place) => place !== 'local' && place !== 'prod')
    if (wrong !== undefined) throw unreadable(`"${wrong}" is no environment`)
    if (!places.includes(environment)) return []
    const ports = listOf(port.replace(/\(.*\)/, '').trim()).map(portOf)
    return listOf(from).flatMap((source) =>
      listOf(to).flatMap((target) => ports.map((each) => ({ from: source, to: target, ...each }))),
    )
  })
}
