import { urlsOf } from '@neotool/platform/platform'
import { startEnvironment } from '@neotool/platform/start'
import { Command } from 'commander'
import { checkout } from '../checkout.ts'
import { interruptible } from '../failures.ts'
import { partsTable } from '../parts-table.ts'
import { bold, seconds } from '../style.ts'
import { withTaskList } from '../task-list.ts'
import { nameOption } from './options.ts'

const interrupted = 'Interrupted. What had started is running: ./neotool up goes on from here, ./neotool down stops it.'

const up = async ({ name, seed, full }: { name: string; seed: boolean; full?: boolean }) => {
  const begin = Date.now()
  const started = await interruptible(interrupted, (signal) =>
    withTaskList((report) =>
      startEnvironment({ root: checkout, name, isSeeded: seed, isFull: full === true, report, signal }),
    ),
  )
  console.log(`\n${partsTable(started.parts)}`)
  if (started.administrator) {
    console.log(`\nAdministrator  ${bold(started.administrator.email)}`)
    console.log(`Password       ${bold(started.administrator.password)}   (shown this once, kept nowhere)`)
  }
  started.noteShown()
  console.log(`\nReady in ${seconds(Date.now() - begin)}. Open ${bold(urlsOf(started.environment).web)}`)
}

export const upCommand = new Command('up')
  .description('install what is missing, start everything and wait until it is ready; harmless to repeat')
  .addOption(nameOption())
  .option('--no-seed', 'leave out the administrator and the sample catalogue')
  .option('--full', 'with Vault for the signing keys; the first time it is built, which takes minutes. It stays so')
  .action(up)
