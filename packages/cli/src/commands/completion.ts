import { Argument, Command } from 'commander'
import { completionScript, type Shell, shells } from '../completion.ts'

/** `program` is asked for when the command runs: by then it knows all commands. */
export const completionCommand = (program: () => Command): Command =>
  new Command('completion')
    .description('print the completion script of a shell')
    .addArgument(new Argument('<shell>', 'whose script').choices(shells))
    .addHelpText(
      'after',
      `
For bash:  eval "$(./neotool completion bash)"
For zsh:   eval "$(./neotool completion zsh)"
For fish:  ./neotool completion fish | source
Put the line with the whole path of neotool into ~/.bashrc, ~/.zshrc or ~/.config/fish/config.fish to keep it.`,
    )
    .action((shell: Shell) => void process.stdout.write(completionScript(shell, program())))
