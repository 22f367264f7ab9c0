/** What an environment's Vault and the throwaway one of the tests have in common. */
import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { vaultProgram } from './binaries/vault.ts'
import { messageOf, PlatformError } from './failure.ts'
import { writeFileAtomically, writeJsonFile } from './json-file.ts'
import { probeHttp } from './probe.ts'

export type VaultPlace = { readonly directory: string; readonly port: number }

/** The files that open a Vault: whoever has them has all that is in it. */
export const vaultFiles = (directory: string) => ({
  configuration: join(directory, 'vault.json'),
  data: join(directory, 'data'),
  unsealKey: join(directory, 'unseal-key'),
  rootToken: join(directory, 'root-token'),
})

/** Writes the configuration of a Vault that keeps its data in the directory and listens on this machine alone. */
export const writeVaultConfiguration = ({ directory, port }: VaultPlace): void => {
  const { configuration, data } = vaultFiles(directory)
  // It makes no directory itself.
  mkdirSync(data, { recursive: true, mode: 0o700 })
  writeJsonFile(configuration, {
    storage: { raft: { path: data, node_id: 'neotool' } },
    // It is a cluster of one: nobody calls the port of the cluster, so it may be any.
    listener: [{ tcp: { address: `127.0.0.1:${port}`, cluster_address: '127.0.0.1:0', tls_disable: true } }],
    api_addr: `http://127.0.0.1:${port}`,
    cluster_addr: `https://127.0.0.1:${port}`,
    // It would need a right that we do not have. This is a machine of a developer: what is dear is in another Vault.
    disable_mlock: true,
    ui: false,
    log_format: 'json',
  })
}

/** How to start the server; it is sealed until openVault has been there. */
export const vaultProgramFor = ({ directory }: VaultPlace): { command: string; args: string[] } => ({
  command: vaultProgram(),
  args: ['server', `-config=${vaultFiles(directory).configuration}`],
})

/** Ready when it is initialised and unsealed. */
export const probeVault = (port: number): Promise<void> => probeHttp(`http://127.0.0.1:${port}/v1/sys/health`)

// A new one elects itself first.
const INITIALISED_WITHIN_MS = 30_000

const sealStatus = z.object({ initialized: z.boolean(), sealed: z.boolean() })
const initialised = z.object({ keys_base64: z.tuple([z.string()]), root_token: z.string() })

/** Initialises a new Vault, whose one unseal key and root token go into files for their owner alone, and unseals any. */
export const openVault = async ({ directory, port }: VaultPlace): Promise<void> => {
  const files = vaultFiles(directory)
  const call = async (method: 'GET' | 'PUT', path: string, body?: unknown): Promise<unknown> => {
    const url = `http://127.0.0.1:${port}/v1/sys/${path}`
    const options = { method, ...(body !== undefined && { body: JSON.stringify(body) }) }
    const response = await fetch(url, { ...options, signal: AbortSignal.timeout(INITIALISED_WITHIN_MS) })
    if (response.ok) return response.json()
    throw new Error(`${url} answered ${response.status} ${await response.text()}`)
  }
  if (!sealStatus.parse(await call('GET', 'seal-status')).initialized) {
    const made = initialised.parse(await call('PUT', 'init', { secret_shares: 1, secret_threshold: 1 }))
    writeFileAtomically(files.rootToken, made.root_token)
    writeFileAtomically(files.unsealKey, made.keys_base64[0])
  }
  if (!sealStatus.parse(await call('GET', 'seal-status')).sealed) return
  const key = await readFile(files.unsealKey, 'utf8').catch((cause: unknown) => {
    throw new PlatformError(`Vault is sealed and its unseal key cannot be read: ${messageOf(cause)}`, {
      advice: `Put ${files.unsealKey} back. If it is lost, so is what is in Vault: remove ${directory}.`,
    })
  })
  await call('PUT', 'unseal', { key })
}
