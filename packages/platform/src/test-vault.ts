/* A Vault for tests, with the settings of an environment's. It ends with the process that started it, even when that one is killed. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vaultBinaries } from './binaries/vault.ts'
import { areFetched, fetchBinaries } from './cache.ts'
import { PlatformError } from './failure.ts'
import { lastLines } from './log-tail.ts'
import { waitUntilReady } from './probe.ts'
import { isAlive, stopProcess } from './processes.ts'
import { portForTest } from './test-ports.ts'
import { type Server, startChild } from './test-servers.ts'
import { openVault, probeVault, vaultFiles, vaultProgramFor, writeVaultConfiguration } from './vault-server.ts'

export type VaultServer = AsyncDisposable & {
  readonly address: string
  /** The file of a token that may do everything. */
  readonly rootTokenFile: string
  /** Ends it at once; its data stay. */
  kill(): Promise<void>
  /** Starts it again after a kill: unsealed, unless it shall stay sealed. */
  restart(options?: { isSealed?: boolean }): Promise<void>
  stop(): Promise<void>
}

/** Starts an empty, unsealed Vault of one's own; builds it when it is missing, which takes minutes. `stop` deletes its data. */
export const startVaultServer = async (): Promise<VaultServer> => {
  if (!(await areFetched(vaultBinaries)))
    process.stderr.write('Vault is built first, once for this machine: five to ten minutes …\n')
  await fetchBinaries(vaultBinaries, () => {})
  const directory = await mkdtemp(join(tmpdir(), 'neotool-test-vault-'))
  const place = { directory, port: await portForTest() }
  const logFile = join(directory, 'vault.log')
  const address = `http://127.0.0.1:${place.port}`
  writeVaultConfiguration(place)
  let server: Server | undefined

  const start = async ({ isSealed = false } = {}) => {
    const { command, args } = vaultProgramFor(place)
    const started = startChild(command, args, { directory, logFile, owner: undefined, stopSignal: 'SIGTERM' })
    server = started
    const open = async () => {
      if (!isAlive(started.identity))
        throw new PlatformError('Vault ended while it started.', { logLines: lastLines(logFile, 15) })
      if (isSealed) return void (await fetch(`${address}/v1/sys/seal-status`))
      await openVault(place)
      await probeVault(place.port)
    }
    await waitUntilReady('Vault', open, { withinMs: 120_000 })
  }
  const kill = async () => {
    if (server) await stopProcess(server.identity, { stopSignal: 'SIGKILL', graceMs: 10_000 })
    server = undefined
  }
  const stop = async () => {
    await kill()
    await rm(directory, { recursive: true, force: true })
  }
  try {
    await start()
  } catch (error) {
    await stop()
    throw error
  }
  const { rootToken: rootTokenFile } = vaultFiles(directory)
  return { address, rootTokenFile, kill, restart: start, stop, [Symbol.asyncDispose]: stop }
}
