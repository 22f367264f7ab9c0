import { createInterface } from 'node:readline/promises'
import { findEnvironment } from '@neotool/platform/environment'
import { PlatformError } from '@neotool/platform/failure'
import { stopEnvironment } from '@neotool/platform/stop'
import { Command } from 'commander'
import { checkout } from '../checkout.ts'
import { withTaskList } from '../task-list.ts'
import { nameOption } from './options.ts'

type Options = { name: string; volumes?: true; yes?: true }

const confirmDeletion = async (name: string) => {
  if (!process.stdin.isTTY) {
    throw new PlatformError(
      `Deleting all data of the environment "${name}" needs a yes, and there is no terminal to ask on.`,
      {
        reason: 'usage',
        advice: `Add --yes: ./neotool down --name ${name} --volumes --yes`,
      },
    )
  }
  const prompt = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await prompt.question(`Delete all data, keys and logs of the environment "${name}"? Type yes: `)
  prompt.close()
  if (answer.trim() !== 'yes') throw new PlatformError('Nothing was stopped or deleted: the answer was not "yes".')
}

const down = async ({ name, volumes, yes }: Options) => {
  const isDataDeleted = volumes === true
  if (findEnvironment(checkout, name) && isDataDeleted && !yes) await confirmDeletion(name)
  const existed = await withTaskList((report) => stopEnvironment({ root: checkout, name, isDataDeleted, report }))
  if (!existed) return console.log(`There is no environment "${name}".`)
  console.log(
    isDataDeleted
      ? 'Stopped; its data, keys and logs are deleted.'
      : 'Stopped. Its data is kept: ./neotool up starts it again.',
  )
}

export const downCommand = new Command('down')
  .description('stop everything in reverse order; data is kept')
  .addOption(nameOption())
  .option('--volumes', 'delete the data, keys and logs too (asks first)')
  .option('--yes', 'delete without asking')
  .action(down)
