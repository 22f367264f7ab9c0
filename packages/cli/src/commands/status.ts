import { environmentStatus, statusOfAll } from '@neotool/platform/status'
import { Command, Option } from 'commander'
import { checkout } from '../checkout.ts'
import { crashReports, environmentsTable, partsTable } from '../parts-table.ts'
import { nameOption } from './options.ts'

type Options = { readonly name: string; readonly all?: true; readonly json?: true }

const status = async ({ name, all, json }: Options) => {
  if (all) {
    const environments = await statusOfAll(checkout)
    if (json) return console.log(JSON.stringify(environments, null, 2))
    return console.log(environments.length > 0 ? environmentsTable(environments) : 'There is no environment.')
  }
  const parts = await environmentStatus(checkout, name)
  if (json) return console.log(JSON.stringify(parts, null, 2))
  console.log([partsTable(parts), ...crashReports(parts)].join('\n\n'))
}

export const statusCommand = new Command('status')
  .description('show the state of every part, asked for it now')
  .addOption(nameOption())
  .addOption(new Option('--all', 'show every environment of this checkout, one line for each').conflicts('name'))
  .option('--json', 'print an array of {name, state, url, pid, memoryBytes, log, crash}; with --all of {name, parts}')
  .action(status)
