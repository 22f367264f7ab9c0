import { Command } from 'commander'
import { expect, test } from 'vitest'
import { completionScript, shells } from './completion.ts'
import { program, withSubcommands } from './program.ts'

test.each(shells)('the script of %s knows every command', (shell) => {
  const script = completionScript(shell, program)
  for (const command of withSubcommands(program).slice(1)) expect(script).toContain(command.name())
})

test('a quotation mark in a description does not end the quotation', () => {
  const tricky = new Command('neotool').addCommand(new Command('up').description("the person's"))
  expect(completionScript('fish', tricky)).toContain("'the person\\'s'")
})
