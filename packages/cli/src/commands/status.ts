import { environmentStatus } from '@neotool/platform/status'
import { Command } from 'commander'
import { checkout } from '../checkout.ts'
import { partsTable } from '../parts-table.ts'
import { nameOption } from './options.ts'

const status = async ({ name, json }: { name: string; json?: true }) => {
  const parts = await environmentStatus(checkout, name)
  console.log(json ? JSON.stringify(parts, null, 2) : partsTable(parts))
}

export const statusCommand = new Command('status')
  .description('show the state of every part, asked for it now')
  .addOption(nameOption())
  .option('--json', 'print an array of {name, state, url, pid, memoryBytes, log}')
  .action(status)
