import { ConfigError, loadSettings } from '@neotool/kit/config'
import { runMain } from '@neotool/kit/shutdown'
import { createVaultClient, VaultFault } from '@neotool/kit/vault-client'
import { z } from 'zod'
import { initialiseVault, type JwtLogin } from '../vault-init.ts'

const text = z.string().min(1)

const jwtOf = (issuerUrl?: string, audience?: string, subject?: string): JwtLogin | undefined => {
  if (issuerUrl !== undefined && audience !== undefined && subject !== undefined)
    return { issuerUrl, audience, subject }
  if (issuerUrl === undefined && audience === undefined && subject === undefined) return undefined
  throw new ConfigError(
    'The settings are wrong:\n  VAULT_INIT_JWT_*: set the issuer URL, the audience and the subject, or none',
  )
}

/** Makes mount, keys, policy and logins in Vault and prints what it did, in JSON; repeating it is harmless. */
runMain(async () => {
  const settings = loadSettings(process.env, 'VAULT_INIT', {
    ADDRESS: z.url({ protocol: /^https?$/ }),
    /** A private file with a token that may do all this. */
    TOKEN_FILE: text,
    MOUNT: text.default('neotool'),
    KEYS_PATH: text.default('security/signing-keys'),
    APPROLE_FILE: text.optional(),
    JWT_ISSUER_URL: z.url().optional(),
    JWT_AUDIENCE: text.optional(),
    JWT_SUBJECT: text.optional(),
  })
  const { ADDRESS: address, MOUNT: mount, KEYS_PATH: path, APPROLE_FILE: approleFile } = settings
  const jwt = jwtOf(settings.JWT_ISSUER_URL, settings.JWT_AUDIENCE, settings.JWT_SUBJECT)
  const admin = createVaultClient({ address, login: { kind: 'token', file: settings.TOKEN_FILE } })
  try {
    console.log(JSON.stringify(await initialiseVault(admin, { address, mount, path, approleFile, jwt }, new Date())))
  } catch (error) {
    if (error instanceof VaultFault) throw new ConfigError(error.message)
    throw error
  }
})
