import { ConfigError } from '@neotool/kit/config'
import type { Logger } from '@neotool/kit/telemetry'
import { VaultFault } from '@neotool/kit/vault-client'
import { z } from 'zod'
import { type KeystoreFiles, openEmbeddedKeyManager } from './embedded-key-manager.ts'
import type { KeyManager } from './key-manager.ts'
import { openVaultKeyManager, type VaultSettings } from './vault-key-manager.ts'

const text = z.string().min(1)

/** Where the signing keys are: in a file that is ours, or in Vault. Written without the service's prefix. */
export const keySettings = {
  KEYSTORE_FILE: text.optional(),
  KEYSTORE_MASTER_KEY_FILE: text.optional(),
  VAULT_ADDRESS: z.url({ protocol: /^https?$/ }).optional(),
  VAULT_MOUNT: text.default('neotool'),
  VAULT_KEYS_PATH: text.default('security/signing-keys'),
  VAULT_APPROLE_FILE: text.optional(),
  VAULT_JWT_ROLE: text.optional(),
  VAULT_JWT_FILE: text.optional(),
} as const

type KeySettings = z.output<z.ZodObject<typeof keySettings>>

export type KeysIn =
  | { readonly kind: 'file'; readonly files: KeystoreFiles }
  | { readonly kind: 'vault'; readonly vault: VaultSettings }

/** Which of the two it is; throws a ConfigError where the settings name none, both, or half of one. */
export const keysIn = (settings: KeySettings): KeysIn => {
  const { KEYSTORE_FILE: file, KEYSTORE_MASTER_KEY_FILE: masterKeyFile, VAULT_ADDRESS: address } = settings
  if ((file === undefined) === (address === undefined)) {
    throw wrong('SECURITY_KEYSTORE_FILE, SECURITY_VAULT_ADDRESS: set the one or the other: where are the signing keys?')
  }
  if (address === undefined) {
    if (file === undefined || masterKeyFile === undefined) throw wrong('SECURITY_KEYSTORE_MASTER_KEY_FILE: is not set')
    return { kind: 'file', files: { file, masterKeyFile } }
  }
  const { VAULT_MOUNT: mount, VAULT_KEYS_PATH: path } = settings
  return { kind: 'vault', vault: { address, mount, path, login: loginOf(settings) } }
}

const loginOf = ({ VAULT_APPROLE_FILE: approle, VAULT_JWT_ROLE: role, VAULT_JWT_FILE: jwt }: KeySettings) => {
  if (approle !== undefined && role === undefined && jwt === undefined)
    return { kind: 'approle', file: approle } as const
  if (approle === undefined && role !== undefined && jwt !== undefined) return { kind: 'jwt', role, file: jwt } as const
  throw wrong(
    'SECURITY_VAULT_APPROLE_FILE: set it, or SECURITY_VAULT_JWT_ROLE and SECURITY_VAULT_JWT_FILE, and not both',
  )
}

const wrong = (fault: string): ConfigError => new ConfigError(`The settings are wrong:\n  ${fault}`)

/** The keys from where the settings say; where Vault does not give them, the error is for whoever starts the service. */
export const openConfiguredKeyManager = async (
  keys: KeysIn,
  options: { readonly log: Logger; readonly now: () => Date },
): Promise<KeyManager> => {
  if (keys.kind === 'file') return openEmbeddedKeyManager(keys.files, options)
  return openVaultKeyManager(keys.vault, options).catch((error: unknown) => {
    // They would only hide the sentence that says what to do.
    if (error instanceof VaultFault) throw new ConfigError(`The signing keys are out of reach. ${error.message}`)
    throw error
  })
}
