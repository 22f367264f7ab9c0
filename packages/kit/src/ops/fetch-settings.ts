import { open, rename, rm } from 'node:fs/promises'
import { z } from 'zod'
import { loadSettings } from '../config.ts'
import { toEnvFile } from '../env-file.ts'
import { runMain } from '../shutdown.ts'
import { createVaultClient } from '../vault-client.ts'
import { waitForSettings } from '../vault-settings.ts'

const text = z.string().min(1)

/** A service that starts meanwhile sees the file whole or not at all. */
const writeWhole = async (path: string, content: string): Promise<void> => {
  const draft = `${path}.draft`
  // A container that was killed may have left it.
  await rm(draft, { force: true })
  const file = await open(draft, 'wx', 0o400)
  try {
    await file.writeFile(content)
  } finally {
    await file.close()
  }
  await rename(draft, path)
}

/**
 * Writes a service's secret settings from Vault to a file for `node --env-file`. It starts together with Vault and with what
 * makes the login and the secret there, so it waits for them, and says what it waits for.
 */
runMain(async () => {
  const settings = loadSettings(process.env, 'SETTINGS', {
    VAULT_ADDRESS: z.url({ protocol: /^https?$/ }),
    VAULT_ROLE: text,
    /** The token of this pod's ServiceAccount, for Vault's ears. */
    TOKEN_FILE: text,
    MOUNT: text.default('neotool'),
    PATH: text,
    FILE: text,
    WITHIN_SECONDS: z.coerce.number().int().min(1).default(300),
  })
  const client = createVaultClient({
    address: settings.VAULT_ADDRESS,
    login: { kind: 'jwt', role: settings.VAULT_ROLE, file: settings.TOKEN_FILE },
  })
  const place = { mount: settings.MOUNT, path: settings.PATH }
  const variables = await waitForSettings(client, place, {
    withinSeconds: settings.WITHIN_SECONDS,
    say: console.error,
  })
  await writeWhole(settings.FILE, toEnvFile(variables))
  console.log(`${settings.FILE} has the ${Object.keys(variables).length} settings of ${place.mount}/${place.path}`)
})
