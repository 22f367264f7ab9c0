/*
 * The first command of a clone, killed while it installs. npm's work is replaced by one that waits for a word and then
 * links what this checkout has: the real one takes a minute, and ends when it likes.
 */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { eventually } from '@neotool/testkit/eventually'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { copyCheckout } from './checkout.ts'
import { isRunning, root, start } from './neotool.ts'

const scratch = mkdtempSync(join(tmpdir(), 'neotool-installing-'))
const [pids, go] = [join(scratch, 'pids'), join(scratch, 'go')]
let checkout = ''

const npm = `#!/bin/sh
[ "$1" = ci ] || exit 0
rm -rf node_modules
mkdir -p node_modules/half-done
echo $$ >>'${pids}'
until [ -e '${go}' ]; do sleep 0.05; done
rm -rf node_modules
cp -al '${join(root, 'node_modules')}' . 2>/dev/null || cp -a '${join(root, 'node_modules')}' .
rm -f node_modules/.neotool-lock
`

beforeAll(() => {
  checkout = copyCheckout(scratch)
  mkdirSync(join(scratch, 'bin'))
  writeFileSync(join(scratch, 'bin/npm'), npm)
  chmodSync(join(scratch, 'bin/npm'), 0o755)
})

beforeEach(() => {
  for (const path of [pids, go, join(checkout, 'node_modules')]) rmSync(path, { recursive: true, force: true })
})

afterAll(() => {
  // Whoever waits in a test that failed.
  writeFileSync(go, '')
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
})

const status = () => {
  const env = { PATH: `${join(scratch, 'bin')}:${process.env.PATH}` }
  return start(['status'], { checkout, env, isGroup: true })
}

const begun = (): number[] => (existsSync(pids) ? readFileSync(pids, 'utf8').trim().split('\n').map(Number) : [])

const untilBegun = async (count: number) => {
  const deadline = Date.now() + 60_000
  while (begun().length < count) {
    if (Date.now() > deadline) throw new Error(`npm was started ${begun().length} times`)
    await delay(20)
  }
}

const expectInstalled = () => {
  expect(existsSync(join(checkout, 'node_modules/half-done'))).toBe(false)
  expect(existsSync(join(checkout, 'node_modules/.neotool-lock'))).toBe(true)
}

it.each(['SIGKILL', 'SIGHUP'] as const)('installs anew after %s to all that ran in the terminal', async (signal) => {
  const killed = status()
  await untilBegun(1)
  process.kill(-(killed.child.pid ?? 0), signal)
  await killed.outcome
  await eventually('its end', () => !begun().some(isRunning))

  const next = status()
  await untilBegun(2)
  writeFileSync(go, '')
  expect((await next.outcome).exitCode).toBe(0)
  expectInstalled()
})

it('waits for an npm that lost its neotool, instead of installing beside it', async () => {
  const killed = status()
  await untilBegun(1)
  killed.child.kill('SIGKILL')
  const next = status()
  await next.printed(/Another neotool installs into node_modules; waiting for it/)
  writeFileSync(go, '')
  const { exitCode, output } = await next.outcome
  expect(exitCode, output).toBe(0)
  expect(begun()).toHaveLength(1)
  expectInstalled()
})
