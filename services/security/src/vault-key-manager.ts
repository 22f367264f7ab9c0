import type { Logger } from '@neotool/kit/telemetry'
import { createVaultClient, type VaultClient, VaultFault, type VaultLogin } from '@neotool/kit/vault-client'
import { z } from 'zod'
import { type KeyManager, type KeyRingStore, openKeyManager } from './key-manager.ts'
import type { KeyRing } from './key-ring.ts'
import { parseKeyRing, serializeKeyRing } from './stored-key-ring.ts'

/** Where in Vault the keys are: a KV v2 mount and a path in it. */
export type VaultPlace = { readonly mount: string; readonly path: string }

export type VaultSettings = VaultPlace & { readonly address: string; readonly login: VaultLogin }

/** Keys from Vault, KV v2. They are made by src/ops/vault-init.ts, never here. */
export const openVaultKeyManager = async (
  { address, login, ...place }: VaultSettings,
  options: { readonly log: Logger; readonly now: () => Date },
): Promise<KeyManager> => openKeyManager(vaultStore(createVaultClient({ address, login }), place), options)

const written = z.object({ created_time: z.string() })
const secret = z.object({ data: z.object({ data: z.unknown(), metadata: written.extend({ version: z.int() }) }) })
const metadata = z.object({ data: z.object({ current_version: z.int(), versions: z.record(z.string(), written) }) })

/** With its time: where Vault has lost the keys, those that are made anew have the number of the first ones again. */
const versionOf = (number: number, { created_time: time }: z.output<typeof written>): string => `${number} ${time}`

/** The keys in KV v2. The version's number is Vault's own, and check-and-set lets one of several writers win. */
export const vaultStore = (client: VaultClient, { mount, path }: VaultPlace): KeyRingStore => {
  const place = `${mount}/${path}`
  const missing = () => new VaultFault(`Vault has no keys at ${place}. Run src/ops/vault-init.ts: it makes them.`)
  return {
    version: async () => {
      const answer = await explained(place, client.get(`${mount}/metadata/${path}`))
      if (answer === undefined) throw missing()
      const { current_version: number, versions } = metadata.parse(answer).data
      const current = versions[number]
      if (current === undefined) throw missing()
      return versionOf(number, current)
    },
    read: async () => {
      const answer = await explained(place, client.get(`${mount}/data/${path}`))
      if (answer === undefined) throw missing()
      const { data } = secret.parse(answer)
      return { ring: parseKeyRing(data.data), version: versionOf(data.metadata.version, data.metadata) }
    },
    replace: (ring, version) => writeKeyRing(client, { mount, path }, ring, Number.parseInt(version, 10)),
  }
}

/** Writes the keys over those of a version, 0 where there must be none; false where Vault has another version. */
export const writeKeyRing = async (
  client: VaultClient,
  { mount, path }: VaultPlace,
  ring: KeyRing,
  version: number,
): Promise<boolean> => {
  const body = { options: { cas: version }, data: serializeKeyRing(ring) }
  try {
    await explained(`${mount}/${path}`, client.post(`${mount}/data/${path}`, body))
    return true
  } catch (error) {
    if (error instanceof VaultFault && error.errors.some((text) => text.includes('check-and-set'))) return false
    throw error
  }
}

const explained = async (place: string, answer: Promise<unknown>): Promise<unknown> => {
  try {
    return await answer
  } catch (cause) {
    if (!(cause instanceof VaultFault) || cause.status !== 403 || cause.message.includes('refuses the login'))
      throw cause
    const { status, errors } = cause
    const message = `Vault does not let us use ${place}: ${errors.join('; ')}. Its policy may be missing: run src/ops/vault-init.ts.`
    throw new VaultFault(message, { status, errors, cause })
  }
}
