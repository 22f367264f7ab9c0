import { Command } from 'commander'
import { completionCommand } from './commands/completion.ts'
import { composeCommand } from './commands/compose.ts'
import { configCommand } from './commands/config.ts'
import { deployCommand } from './commands/deploy.ts'
import { destroyCommand } from './commands/destroy.ts'
import { doctorCommand } from './commands/doctor.ts'
import { downCommand } from './commands/down.ts'
import { imagesCommand } from './commands/images.ts'
import { keysCommand } from './commands/keys.ts'
import { logsCommand } from './commands/logs.ts'
import { newMigrationCommand } from './commands/new-migration.ts'
import { opsCommand } from './commands/ops.ts'
import { rollbackCommand } from './commands/rollback.ts'
import { scaleCommand } from './commands/scale.ts'
import { secretsCommand } from './commands/secrets.ts'
import { sqlCommand } from './commands/sql.ts'
import { statusCommand } from './commands/status.ts'
import { supportBundleCommand } from './commands/support-bundle.ts'
import { testCommand } from './commands/test.ts'
import { upCommand } from './commands/up.ts'
import { verifyCommand } from './commands/verify.ts'
import { exitCodesHelp } from './exit-codes.ts'

/** A command with all that are below it. */
export const withSubcommands = (command: Command): Command[] => [command, ...command.commands.flatMap(withSubcommands)]

/** The command tree of `neotool`: one file per command in commands/. */
export const program = new Command('neotool')
  .description('Starts, stops and tests the whole platform on this machine.')
  .helpCommand('help [command]', 'show what a command does')
  .addHelpText('after', `\n${exitCodesHelp()}`)

for (const command of [
  upCommand,
  downCommand,
  statusCommand,
  logsCommand,
  doctorCommand,
  supportBundleCommand,
  sqlCommand,
  opsCommand,
  keysCommand,
  composeCommand,
  imagesCommand,
  configCommand,
  secretsCommand,
  deployCommand,
  verifyCommand,
  rollbackCommand,
  scaleCommand,
  destroyCommand,
  newMigrationCommand,
  testCommand,
]) {
  program.addCommand(command)
}
program.addCommand(completionCommand(() => program))

for (const command of withSubcommands(program)) {
  // Commander would end the process itself, with a code of its own.
  command.exitOverride().showHelpAfterError('(./neotool help lists the commands)')
}
