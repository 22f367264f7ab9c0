import { ConfigError, loadSettings } from '@neotool/kit/config'
import { runMain } from '@neotool/kit/shutdown'
import { createVaultClient, VaultFault } from '@neotool/kit/vault-client'
import { reasonOf, waitFor } from '@neotool/kit/wait-for'
import { z } from 'zod'
import { ClusterFault, mayPass } from '../vault-cluster.ts'
import { initialiseVault, type Outcome } from '../vault-init.ts'

const text = z.string().min(1)
const address = z.url({ protocol: /^https?$/ })

/** A pod whose settings are not there would wait for them and fail: this is where the reason is known. */
const refuseMissing = ({ settings }: Outcome, directory?: string): void => {
  const missing = settings === 'off' ? [] : Object.keys(settings).filter((service) => settings[service] === 'missing')
  if (missing.length === 0) return
  throw new ConfigError(
    `Neither Vault nor ${directory} has the settings of ${missing.join(', ')}. All else is done. Run ./neotool secrets ` +
      'bootstrap ENVIRONMENT, which makes the Secret service-settings, then this again.',
  )
}

/** Makes mount, keys, policies, logins and settings in Vault and prints what it did, in JSON; repeating it is harmless. */
runMain(async () => {
  const settings = loadSettings(process.env, 'VAULT_INIT', {
    ADDRESS: address,
    /** A private file with a token that may do all this. */
    TOKEN_FILE: text,
    MOUNT: text.default('neotool'),
    KEYS_PATH: text.default('security/signing-keys'),
    APPROLE_FILE: text.optional(),
    /** The API server of the cluster whose pods shall log in, and the file of a token for it. */
    CLUSTER_URL: address.optional(),
    CLUSTER_TOKEN_FILE: text.optional(),
    SETTINGS_DIRECTORY: text.optional(),
    WITHIN_SECONDS: z.coerce.number().int().min(1).default(300),
  })
  const { CLUSTER_URL: url, CLUSTER_TOKEN_FILE: tokenFile, SETTINGS_DIRECTORY: settingsDirectory } = settings
  if ((url === undefined) !== (tokenFile === undefined)) {
    throw new ConfigError(
      'The settings are wrong:\n  VAULT_INIT_CLUSTER_URL, VAULT_INIT_CLUSTER_TOKEN_FILE: set both or none',
    )
  }
  const setup = {
    address: settings.ADDRESS,
    mount: settings.MOUNT,
    path: settings.KEYS_PATH,
    approleFile: settings.APPROLE_FILE,
    cluster: url === undefined || tokenFile === undefined ? undefined : { url, tokenFile },
    settingsDirectory,
  }
  const admin = createVaultClient({ address: setup.address, login: { kind: 'token', file: settings.TOKEN_FILE } })
  const patience = { withinSeconds: settings.WITHIN_SECONDS, say: console.error }
  const outcome = await waitFor(() => initialiseVault(admin, setup, new Date()), patience, mayPass).catch(
    (error: unknown) => {
      throw error instanceof VaultFault || error instanceof ClusterFault ? new ConfigError(reasonOf(error)) : error
    },
  )
  console.log(JSON.stringify(outcome))
  refuseMissing(outcome, settingsDirectory)
})
