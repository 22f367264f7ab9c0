/*
 * npm run bench:up: how long `./neotool up` takes, the memory of each part once all are ready, and what a second copy beside
 * the first adds, in environments and with a cache of its own, which it deletes at the end. Cold means: no binaries, no
 * data, no keys; node_modules, the built web and the package managers' own caches are what they are.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { machineLine, markdownTable } from './src/machine.ts'

const root = join(import.meta.dirname, '..')
const name = `bench-${process.pid}`
const second = `${name}-second`
const cache = await mkdtemp(join(tmpdir(), 'neotool-bench-cache-'))
// PostgreSQL runs as another user where root starts it.
await chmod(cache, 0o755)

const neotool = async (...args: readonly string[]): Promise<{ output: string; seconds: number }> => {
  const begin = performance.now()
  const child = spawn('./neotool', args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NEOTOOL_CACHE: cache },
  })
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  if (code !== 0) throw new Error(`./neotool ${args.join(' ')} ended with ${code}:\n${output}`)
  return { output, seconds: (performance.now() - begin) / 1_000 }
}

type Part = { readonly name: string; readonly memoryBytes: number }
const partsOf = async (environment: string): Promise<readonly Part[]> =>
  JSON.parse((await neotool('status', '--name', environment, '--json')).output)
const totalOf = (parts: readonly Part[]): number => parts.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0)
const inMegabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`

try {
  const cold = await neotool('up', '--name', name)
  const parts = await partsOf(name)
  const again = await neotool('up', '--name', name)
  await neotool('down', '--name', name)
  const warm = await neotool('up', '--name', name)
  const alone = totalOf(await partsOf(name))
  await neotool('up', '--name', second)
  const [beside, added] = [totalOf(await partsOf(name)), totalOf(await partsOf(second))]

  console.log(`${machineLine()}\n`)
  const times = { 'cold: no binaries, no data': cold, 'warm: stopped, with its data': warm, 'all is running': again }
  const rows = Object.entries(times).map(([state, { seconds }]) => [state, `${seconds.toFixed(1)} s`])
  console.log(`${markdownTable([['`./neotool up`', 'time'], ...rows])}\n`)
  const memory = [...parts, { name: '**all**', memoryBytes: totalOf(parts) }].map((part) => [
    part.name,
    inMegabytes(part.memoryBytes),
  ])
  console.log(`${markdownTable([['part', 'memory'], ...memory])}\n`)
  const copies = {
    'the first copy, alone': alone,
    'the first copy, beside the second': beside,
    'both copies': beside + added,
    '**what the second adds**': beside + added - alone,
  }
  console.log(
    markdownTable([['copies', 'memory'], ...Object.entries(copies).map(([what, bytes]) => [what, inMegabytes(bytes)])]),
  )
} finally {
  for (const each of [second, name]) await neotool('down', '--name', each, '--volumes', '--yes')
  await rm(cache, { recursive: true, force: true })
}
