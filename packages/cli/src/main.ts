/* The command `neotool`: one file per command in commands/. */
import { Command } from 'commander'
import { downCommand } from './commands/down.ts'
import { logsCommand } from './commands/logs.ts'
import { opsCommand } from './commands/ops.ts'
import { statusCommand } from './commands/status.ts'
import { testCommand } from './commands/test.ts'
import { upCommand } from './commands/up.ts'
import { printFailure } from './failures.ts'

const program = new Command('neotool')
  .description('Starts, stops and tests the whole platform on this machine.')
  .helpCommand('help [command]', 'show what a command does')
  .showHelpAfterError('(./neotool help lists the commands)')

for (const command of [upCommand, downCommand, statusCommand, logsCommand, opsCommand, testCommand])
  program.addCommand(command)

// A reader that has seen enough (`neotool logs | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = printFailure(error)
}
