import { runOperationOfServices } from '@neotool/platform/operations'
import { Command } from 'commander'
import { checkout } from '../checkout.ts'
import { interruptible } from '../failures.ts'
import { nameOption } from './options.ts'

const purge = async ({ name }: { name: string }) => {
  const answers = await interruptible('Interrupted. Purging may be repeated.', (signal) =>
    runOperationOfServices({ root: checkout, name, operation: 'purge', signal }),
  )
  for (const { service, output } of answers) console.log(`${service.padEnd(12)}${output}`)
}

const purgeCommand = new Command('purge')
  .description('delete events that were published more than 7 days ago or handled more than 14 days ago')
  .addOption(nameOption())
  .action(purge)

/** Operations that a CronJob runs in a cluster; here a person does. */
export const opsCommand = new Command('ops').description('run an operation of the services').addCommand(purgeCommand)
