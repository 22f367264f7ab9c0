import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { identify, isAlive, type ProcessIdentity, untilTrue } from './processes.ts'
import { commandsEnding, runCommand } from './run-command.ts'

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

const shell = (script: string, options: Partial<Parameters<typeof runCommand>[2]> = {}) =>
  runCommand('sh', ['-c', script], { cwd: '/', ...options })

const identityOf = (pid: string): ProcessIdentity => {
  const identity = identify(Number(pid))
  if (!identity) throw new Error(`no process ${pid}`)
  return identity
}

test('answers standard output alone, and what a failure printed last', async () => {
  expect(await shell('echo out; echo err >&2')).toBe('out\n')
  await expect(shell('echo out; echo err >&2; exit 3')).rejects.toMatchObject({
    message: 'sh -c echo out; echo err >&2; exit 3 exited with code 3.',
    logLines: expect.arrayContaining(['out', 'err']),
  })
  await expect(shell('kill -KILL $$')).rejects.toThrow('was ended by SIGKILL')
  await expect(runCommand('no-such-program', [], { cwd: '/' })).rejects.toMatchObject({
    logLines: [expect.stringContaining('no-such-program: not found')],
  })
  await expect(shell('true', { cwd: '/no/such/directory' })).rejects.toThrow('could not be started')
})

test('has no input, and no environment but the one it is given', async () => {
  expect(await shell('cat; echo "$HOME,$MINE"', { env: { PATH: process.env.PATH, MINE: 'this' } })).toBe(',this\n')
})

test('reads what it is given, which need not be all of it', async () => {
  const long = 'x'.repeat(1_000_000)
  expect(await shell('cat', { input: `${long}end` })).toBe(`${long}end`)
  expect(await shell('head -c 3', { input: long })).toBe('xxx')
})

test('leaves alone what a command that ended well has started', async () => {
  const [pid = ''] = (await shell('sleep 600 >/dev/null 2>&1 & echo $!')).split('\n')
  const identity = identityOf(pid)
  // The guard has ended by now, and did nothing.
  expect(await untilTrue(() => !isAlive(identity), 500)).toBe(false)
  process.kill(identity.pid, 'SIGKILL')
})

test('an abort ends everything that the command has started', async () => {
  const abort = new AbortController()
  let pids = ''
  const onLine = (line: string) => {
    pids = line
    abort.abort(new Error('enough'))
  }
  const running = shell('sleep 600 & echo $$ $!; wait', { signal: abort.signal, onLine })
  await expect(running).rejects.toThrow('enough')
  const isGone = () => pids.split(' ').every((pid) => identify(Number(pid)) === undefined)
  expect(await untilTrue(isGone, 60_000)).toBe(true)
})

test.each(['SIGKILL', 'SIGHUP'] as const)('what a process runs ends with it when it gets %s', async (signal) => {
  const module = JSON.stringify(join(import.meta.dirname, 'run-command.ts'))
  // One of them ignores what would end it kindly.
  const script = '(trap "" TERM; exec sleep 600) & one=$!; sleep 600 & echo "$$ $one $!"; wait'
  const program = `
    const { runCommand } = await import(${module})
    await runCommand('sh', ['-c', ${JSON.stringify(script)}], { cwd: '/', onLine: (line) => console.log(line) })`
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(parent)
  const [pids] = await once(parent.stdout, 'data')
  const identities = String(pids).trim().split(' ').map(identityOf)
  parent.kill(signal)
  await once(parent, 'exit')
  expect(await untilTrue(() => !identities.some(isAlive), 60_000)).toBe(true)
})

describe('a command that is asked to end', () => {
  // It takes a while, prints meanwhile, and has another one that notes what it gets, as Terraform has its providers.
  const program = `
    const [, file, role = 'program'] = process.argv
    const { appendFileSync, readFileSync } = require('node:fs')
    const note = (word) => appendFileSync(file, role + ' ' + word + '\\n')
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {
      note(signal)
      if (role !== 'program') return
      process.stdout.write('ends soon\\n')
      // Once the other one has been told too, which takes as long as it takes.
      setInterval(() => {
        if (!readFileSync(file, 'utf8').includes('provider ' + signal)) return
        child.kill('SIGKILL')
        note('has ended')
        process.exit(1)
      }, 100)
    })
    setInterval(() => {}, 1000)
    const child = role === 'program' && require('node:child_process').spawn(
      process.execPath, [...process.execArgv, file, 'provider'], { stdio: ['ignore', 'inherit', 'inherit'] })
    if (role !== 'program') console.log('runs')`
  let directory = ''
  const file = () => join(directory, 'notes')
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'neotool-asked-'))
    writeFileSync(file(), '')
  })
  afterEach(() => rmSync(directory, { recursive: true }))

  const noted = () => readFileSync(file(), 'utf8').trim().split('\n').toSorted()
  const interruptedOnce = ['program SIGINT', 'program has ended', 'provider SIGINT']

  test('is interrupted once by an abort, and its end is awaited', async () => {
    const abort = new AbortController()
    const said: string[] = []
    const onLine = (line: string) => {
      said.push(line)
      if (line === 'runs') abort.abort(new Error('enough'))
      if (line === 'ends soon') expect(commandsEnding()).toEqual([process.execPath])
    }
    const options = { cwd: '/', ending: 'asked', signal: abort.signal, onLine } as const
    await expect(runCommand(process.execPath, ['--eval', program, file()], options)).rejects.toThrow('enough')
    expect(said).toEqual(['runs', 'ends soon'])
    expect(noted()).toEqual(interruptedOnce)
    expect(commandsEnding()).toEqual([])
  })

  test('is interrupted once where the process that runs it is gone, and may print all the same', async () => {
    const module = JSON.stringify(join(import.meta.dirname, 'run-command.ts'))
    const parent = spawn(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `const { runCommand } = await import(${module})
         const args = ['--eval', ${JSON.stringify(program)}, ${JSON.stringify(file())}]
         await runCommand(process.execPath, args, { cwd: '/', ending: 'asked', onLine: (line) => console.log(line) })`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    children.push(parent)
    await once(parent.stdout, 'data')
    parent.kill('SIGKILL')
    expect(await untilTrue(() => noted().includes('program has ended'), 60_000)).toBe(true)
    expect(noted()).toEqual(interruptedOnce)
  })

  test('answers standard output alone, as every other one', async () => {
    expect(await shell('echo out; echo err >&2', { ending: 'asked' })).toBe('out\n')
    await expect(shell('echo err >&2; exit 3', { ending: 'asked' })).rejects.toMatchObject({ logLines: ['err'] })
    await expect(shell('true', { ending: 'asked', cwd: '/no/such' })).rejects.toThrow('could not be started')
  })
})
