import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { afterEach, expect, test } from 'vitest'
import { exitCodes } from './exit-codes.ts'

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

// It says each interrupt, and ends when it is told so by another signal.
const program = `
  process.on('SIGINT', () => console.log('interrupted'))
  process.on('SIGUSR2', () => process.exit(1))
  setInterval(() => {}, 1000)
  console.log('runs as ' + process.pid)`

const interruptible = () => {
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const { interruptible, printFailure } = await import(${JSON.stringify(import.meta.resolve('./failures.ts'))})
       const { runCommand } = await import('@neotool/platform/run-command')
       const options = { cwd: '/', ending: 'asked', onLine: (line) => console.log(line) }
       const work = (signal) => runCommand(process.execPath, ['--eval', ${JSON.stringify(program)}], { ...options, signal })
       process.exitCode = await interruptible('Interrupted in between.', work).catch(printFailure)`,
    ],
    { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  children.push(child)
  const lines: string[] = []
  const wanted: { readonly text: string; readonly found: (line: string) => void }[] = []
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      lines.push(line)
      for (const { text, found } of wanted) if (line.includes(text)) found(line)
    })
  }
  /** The next line with the text. */
  const line = (text: string) => new Promise<string>((found) => wanted.push({ text, found }))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, lines, line, ended }
}

test('a second Ctrl-C does not leave alone what must have its end', async () => {
  const { child, lines, line, ended } = interruptible()
  const pid = Number((await line('runs as ')).split(' ').at(-1))
  for (const _ of [1, 2]) {
    const said = line('Waits for the end of')
    child.kill('SIGINT')
    await said
  }
  process.kill(pid, 'SIGUSR2')
  expect(await ended).toBe(exitCodes.interrupted.code)
  expect(lines.filter((each) => each === 'interrupted')).toHaveLength(1)
  expect(lines).toContain('Interrupted in between.')
})
