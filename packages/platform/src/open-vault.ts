/*
 * Opens the Vault that was just started beside this process, and ends: `node open-vault.ts DIRECTORY PORT`. So it is also
 * open after a crash, when the supervisor starts it again and no `up` is near.
 */
import { messageOf } from './failure.ts'
import { waitUntilReady } from './probe.ts'
import { openVault } from './vault-server.ts'

const [directory, port] = process.argv.slice(2)
if (directory === undefined || port === undefined) throw new Error('Usage: open-vault.ts DIRECTORY PORT')

try {
  await waitUntilReady('Vault', () => openVault({ directory, port: Number(port) }), { withinMs: 60_000 })
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`)
  process.exitCode = 1
}
