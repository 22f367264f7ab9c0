/* Started by client.ts, detached: node main.ts <environment directory> <fingerprint of this code>. */
import { join } from 'node:path'
import { messageOf } from '../failure.ts'
import { tryLock } from '../lock.ts'
import { supervise } from './supervise.ts'

const [directory, fingerprint] = process.argv.slice(2)
if (!directory || !fingerprint) throw new Error('Usage: main.ts <environment directory> <fingerprint>')

const log = (line: string) => void process.stdout.write(`${new Date().toISOString()} ${line}\n`)

// The terminal's hang-up is not for us.
process.on('SIGHUP', () => {})

const lock = await tryLock(join(directory, 'run/supervisor.lock'))
if (!lock) {
  log('Another supervisor watches this environment.')
} else {
  log(`supervisor ${fingerprint} started as pid ${process.pid}`)
  try {
    await supervise(directory, fingerprint, log)
    log('supervisor ended')
  } catch (error) {
    log(`supervisor failed: ${messageOf(error)}`)
    process.exitCode = 1
  }
}
process.exit()
