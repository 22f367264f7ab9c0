import { runOperationOf } from '@neotool/platform/operations'
import { Command } from 'commander'
import { z } from 'zod'
import { checkout } from '../checkout.ts'
import { interruptible } from '../failures.ts'
import { bold, dim, table } from '../style.ts'
import { nameOption } from './options.ts'

const keys = z.array(z.object({ kid: z.string(), state: z.string(), createdAt: z.string(), since: z.string() }))

const run = async (name: string, ...args: readonly string[]) => {
  const interrupted = 'Interrupted. ./neotool keys list shows whether it was done.'
  const output = await interruptible(interrupted, (signal) =>
    runOperationOf({ root: checkout, name, service: 'security' }, ['keys', ...args], signal),
  )
  const rows = keys.parse(JSON.parse(output)).map(({ kid, state, createdAt, since }) => [kid, state, since, createdAt])
  const paint = (cell: string, column: number) =>
    column === 1 && cell === 'current' ? bold(cell) : cell === 'retired' ? dim(cell) : cell
  console.log(table(['key', 'state', 'since', 'made'], rows, paint))
}

type Options = { readonly name: string }

const listCommand = new Command('list')
  .description('show the keys, newest first')
  .addOption(nameOption())
  .action(({ name }: Options) => run(name, 'list'))

const rotateCommand = new Command('rotate')
  .description('have the next key sign from now on; soon after another rotation it waits some seconds')
  .addOption(nameOption())
  .action(({ name }: Options) => run(name, 'rotate'))

const retireCommand = new Command('retire')
  .description('end previous keys that no valid token is signed with')
  .argument('[kid]', 'one key; without it all that are due')
  .option('--compromised', 'at once: others know the key, and tokens that it signed must be refused')
  .addOption(nameOption())
  .action((kid: string | undefined, { name, compromised }: Options & { readonly compromised?: boolean }) =>
    run(name, 'retire', ...(kid === undefined ? [] : [kid]), ...(compromised ? ['--compromised'] : [])),
  )

/** The keys that sign access tokens; running services follow each change within seconds. */
export const keysCommand = new Command('keys')
  .description('list, rotate or retire the keys that sign access tokens')
  .addCommand(listCommand)
  .addCommand(rotateCommand)
  .addCommand(retireCommand)
