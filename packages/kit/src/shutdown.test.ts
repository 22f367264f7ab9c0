import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished } from 'vitest'

// The first process of a process namespace, as that of a container.
const FIRST = ['unshare', '--fork', '--pid', '--map-root-user', '--kill-child'] as const
const shutdown = JSON.stringify(import.meta.resolve('./shutdown.ts'))

/** Starts a program as process 1, waits for its first line and sends it SIGTERM; its exit code. */
const terminated = async (body: string): Promise<unknown> => {
  const source = `import { onShutdown, runMain } from ${shutdown}
    const log = { info() {}, warn() {}, error() {} }
    runMain(async () => { ${body}; setTimeout(() => {}, 60_000); console.log(process.pid) })`
  const [program, ...args] = [...FIRST, process.execPath, '--input-type=module', '-e', source]
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  expect(await once(createInterface(child.stdout), 'line')).toEqual(['1'])
  const inner = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')
  process.kill(Number(inner), 'SIGTERM')
  return (await once(child, 'exit'))[0]
}

describe.skipIf(spawnSync(FIRST[0], [...FIRST.slice(1), 'true']).status !== 0)('process 1 of a container', () => {
  it('is ended by SIGTERM', async () => {
    expect(await terminated('')).toBe(143)
  })

  it('ends in order by SIGTERM once it can', async () => {
    expect(await terminated(`onShutdown(log, [['a step', () => {}]])`)).toBe(0)
  })
})
