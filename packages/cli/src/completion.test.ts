import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import { completionScript, shells } from './completion.ts'
import { program, withSubcommands } from './program.ts'

/** What bash would offer after these words. */
const completedByBash = (...words: string[]): string[] => {
  const directory = mkdtempSync(join(tmpdir(), 'neotool-completion-'))
  try {
    const script = join(directory, 'completion.bash')
    writeFileSync(script, completionScript('bash', program))
    const ask = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _neotool; printf '%s\\n' "\${COMPREPLY[@]}"`
    const output = execFileSync('bash', ['-c', ask, script, 'neotool', ...words], { encoding: 'utf8' })
    return output.split('\n').filter(Boolean)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

test('bash completes commands, subcommands, options and their values', () => {
  expect(completedByBash('s')).toContain('status')
  expect(completedByBash('ops', '')).toContain('purge')
  expect(completedByBash('down', '--v')).toEqual(['--volumes'])
  expect(completedByBash('test', '--only', 'un')).toEqual(['unit'])
  expect(completedByBash('completion', 'z')).toEqual(['zsh'])
})

test.each(shells)('the script of %s knows every command', (shell) => {
  const script = completionScript(shell, program)
  for (const command of withSubcommands(program).slice(1)) expect(script).toContain(command.name())
})

test('a quotation mark in a description does not end the quotation', () => {
  const tricky = new Command('neotool').addCommand(new Command('up').description("the person's"))
  expect(completionScript('fish', tricky)).toContain("'the person\\'s'")
})
