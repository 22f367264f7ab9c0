/*
 * npm run bench:up: how long `./neotool up` takes, and the memory of each part once all are ready, in an environment and with
 * a cache of its own, which it deletes at the end. Cold means: no binaries, no data, no keys; node_modules, the built web
 * and the package managers' own caches are what they are.
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
const inMegabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`

try {
  const cold = await neotool('up', '--name', name)
  const parts: readonly Part[] = JSON.parse((await neotool('status', '--name', name, '--json')).output)
  const again = await neotool('up', '--name', name)
  await neotool('down', '--name', name)
  const warm = await neotool('up', '--name', name)

  console.log(`${machineLine()}\n`)
  const times = { 'cold: no binaries, no data': cold, 'warm: stopped, with its data': warm, 'all is running': again }
  const rows = Object.entries(times).map(([state, { seconds }]) => [state, `${seconds.toFixed(1)} s`])
  console.log(`${markdownTable([['`./neotool up`', 'time'], ...rows])}\n`)
  const total = parts.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0)
  const memory = [...parts, { name: '**all**', memoryBytes: total }].map((part) => [
    part.name,
    inMegabytes(part.memoryBytes),
  ])
  console.log(markdownTable([['part', 'memory'], ...memory]))
} finally {
  await neotool('down', '--name', name, '--volumes', '--yes')
  await rm(cache, { recursive: true, force: true })
}
