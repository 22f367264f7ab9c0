/* The completion scripts in the shells that they are for: each is set up as `help completion` says, and asked. */
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './neotool.ts'

// Of the lines that are completed: a checkout with two environments, and a link to its command on the PATH.
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'neotool-completion-')))
const checkout = join(scratch, 'checkout')

beforeAll(() => {
  for (const name of ['first', 'second']) {
    mkdirSync(join(checkout, '.neotool', name), { recursive: true })
    writeFileSync(join(checkout, '.neotool', name, 'state.json'), '{}')
  }
  writeFileSync(join(checkout, 'neotool'), `#!/bin/sh\nexec '${root}/neotool' "$@"\n`)
  chmodSync(join(checkout, 'neotool'), 0o755)
  writeFileSync(join(checkout, 'plan.tar.gz'), '')
  mkdirSync(join(scratch, 'bin'))
  symlinkSync(join(checkout, 'neotool'), join(scratch, 'bin/neotool'))
})

afterAll(() => rmSync(scratch, { recursive: true }))

const run = (command: string, ...args: string[]) => {
  const child = spawn(command, args, {
    cwd: checkout,
    env: {
      ...process.env,
      PATH: [join(scratch, 'bin'), process.env.PATH].join(delimiter),
      HOME: scratch,
      TERM: 'dumb',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += String(chunk)
  })
  const printed = async (sign: RegExp): Promise<RegExpExecArray> => {
    const deadline = Date.now() + 60_000
    for (;;) {
      const found = sign.exec(output)
      if (found) return found
      if (Date.now() > deadline) throw new Error(`${command} never printed ${sign}:\n${output}`)
      await delay(20)
    }
  }
  return { child, printed }
}

const ctrl = (letter: string) => String.fromCharCode(letter.charCodeAt(0) & 0x1f)

/** What a shell on a terminal puts into a line for a key that inserts all possible completions of its last word. */
const asker =
  (interactive: string, setUp: string) =>
  async (lines: readonly string[]): Promise<string[][]> => {
    const { child, printed } = run('script', '--quiet', '--command', interactive, '/dev/null')
    try {
      // The signs are written in octal, so that the echo of what is typed does not hold them.
      child.stdin.write(`${setUp}; printf '\\074ready\\076'\r`)
      await printed(/<ready>/)
      const answers: string[][] = []
      for (const [index, line] of lines.entries()) {
        const [begin, end] = [`begin${index}`, `end${index}`]
        child.stdin.write(`${line}${ctrl('T')}${ctrl('A')}printf '\\074%s\\076' ${begin} ${ctrl('E')} ${end}\r`)
        const [, words = ''] = await printed(new RegExp(`<${begin}>(.*)<${end}>`, 's'))
        const all = [...words.matchAll(/<([^>]*)>/g)].map(([, word = '']) => word)
        // Without the words before the one that is completed.
        answers.push(all.slice(line.split(' ').length - 1))
      }
      return answers
    } finally {
      child.stdin.end('exit\r')
    }
  }

const askFish = async (lines: readonly string[]): Promise<string[][]> => {
  const ask = `neotool completion fish | source; for line in $argv; complete -C $line; echo '<next>'; end; echo '<end>'`
  const { printed } = run('fish', '--no-config', '-c', ask, ...lines)
  const [, output = ''] = await printed(/^(.*)<end>\n/s)
  return output.split('<next>\n').map((answer) => answer.split('\n').flatMap((line) => line.split('\t')[0] || []))
}

const insertAllInZsh = [
  'zle -C insert-all complete-word _generic',
  "zstyle ':completion:insert-all:*' completer _all_matches _complete",
  "zstyle ':completion:insert-all:*' insert yes",
  "bindkey '^T' insert-all",
].join('; ')

const shells = {
  bash: asker('bash --noprofile --norc -i', `eval "$(neotool completion bash)"; bind '"\\C-t": insert-completions'`),
  zsh: asker('zsh -f -i', `bindkey -e; eval "$(neotool completion zsh)"; ${insertAllInZsh}`),
  fish: askFish,
}

const cases: readonly (readonly [string, readonly string[]])[] = [
  ['neotool s', ['scale', 'secrets', 'sql', 'status', 'support-bundle']],
  ['./neotool st', ['status']],
  ['neotool ops p', ['purge']],
  ['neotool down --', ['--help', '--name', '--volumes', '--yes']],
  ['neotool up --name ', ['first', 'second']],
  ['./neotool up --name s', ['second']],
  ['neotool logs ga', ['gateway']],
  ['neotool logs --name first p', ['pgbouncer', 'postgres']],
  ['neotool logs --lines ', []],
  ['neotool sql as', ['assets', 'assistant']],
  ['neotool test --only p', ['platform']],
  ['neotool support-bundle --output pl', ['plan.tar.gz']],
]

describe.each(Object.entries(shells))('%s', (_, ask) => {
  it('completes commands, options, their values and the names of parts', async () => {
    const answers = await ask(cases.map(([line]) => line))
    for (const [index, [line, words]] of cases.entries())
      expect([...(answers[index] ?? [])].sort(), line).toEqual(words)
  })
})
