import { text } from 'node:stream/consumers'
import { PlatformError } from '@neotool/platform/failure'
import { databaseUrlOf } from '@neotool/platform/operations'
import { type QueryAnswer, runStatements } from '@neotool/platform/postgres-server'
import { Command } from 'commander'
import { execa } from 'execa'
import { checkout } from '../checkout.ts'
import { exitCodes } from '../exit-codes.ts'
import { dim, table } from '../style.ts'
import { nameOption, serviceArgument } from './options.ts'

type Options = { name: string; command?: string; json?: true }

/** The answer to one statement, as a table with the number of rows. */
export const answerTable = ({ command, columns, rows, rowCount }: QueryAnswer): string => {
  if (columns.length === 0) return [command, rowCount].filter((part) => part !== null).join(' ')
  const cells = rows.map((row) => row.map((value) => value ?? 'null'))
  return `${table(columns, cells)}\n${dim(`${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`)}`
}

const objectsOf = ({ columns, rows }: QueryAnswer) =>
  rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])))

/** psql with the address in its environment: arguments of a process are for everybody to read. */
const openPsql = async (url: string) => {
  const { hostname, port, username, password, pathname } = new URL(url)
  const { exitCode, code } = await execa('psql', [], {
    stdio: 'inherit',
    reject: false,
    env: {
      PGHOST: hostname,
      PGPORT: port,
      PGUSER: decodeURIComponent(username),
      PGPASSWORD: decodeURIComponent(password),
      PGDATABASE: pathname.slice(1),
    },
  })
  if (code === 'ENOENT') {
    throw new PlatformError('psql was not found.', {
      reason: 'prerequisite',
      advice: 'Install it (postgresql-client), or run statements without it: ./neotool sql SERVICE -c "select 1"',
    })
  }
  if (exitCode !== 0) process.exitCode = exitCodes.failed.code
}

const sql = async (service: string, { name, command, json }: Options) => {
  const url = databaseUrlOf({ root: checkout, name, service })
  if (command === undefined && process.stdin.isTTY) return openPsql(url)
  const answers = await runStatements(url, command ?? (await text(process.stdin)))
  console.log(json ? JSON.stringify(answers.map(objectsOf), null, 2) : answers.map(answerTable).join('\n\n'))
}

export const sqlCommand = new Command('sql')
  .description("open psql on a service's database, or run the statements of -c or of standard input")
  .addArgument(serviceArgument())
  .addOption(nameOption())
  .option('-c, --command <sql>', 'run these statements, all of them or none, and print their answers')
  .option('--json', 'print an array for each statement, an object for each row, values as text')
  .action(sql)
