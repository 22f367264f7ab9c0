/*
 * Makes in Vault what the services need: the mount, the first signing keys, policies that open these keys or one service's
 * settings and nothing else, ways to log in, and those settings; in a cluster also a record of who reads what. All of it may
 * be repeated, also after half of it, and brings back what a Vault has lost that keeps nothing.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { createPrivateFile, readPrivateFile, replacePrivateFile, versionOfFile } from '@neotool/kit/private-file'
import { type approleFile, createVaultClient, type VaultClient, VaultFault } from '@neotool/kit/vault-client'
import { z } from 'zod'
import { type KeyPair, makeKeyPair, newKeyRing } from './key-ring.ts'
import { type Cluster, KEYS_SUBJECTS, SERVICES, setRole, setSigners, settingsRole } from './vault-cluster.ts'
import { type VaultPlace, vaultStore, writeKeyRing } from './vault-key-manager.ts'
import { ensureSettings, type SettingsOutcome } from './vault-service-settings.ts'

/** The name of the policy that opens the signing keys, and of the roles that have it. */
export const VAULT_ROLE = 'neotool-security'

export type VaultSetup = VaultPlace & {
  readonly address: string
  /** Where the role id and a secret id are written to; without it there is no AppRole. */
  readonly approleFile?: string | undefined
  /** Whose tokens Vault shall take; without it nobody logs in by JWT, and there is no audit device. */
  readonly cluster?: Cluster | undefined
  /** A directory with a file `<service>.json` for each service's settings; without it there are none in this Vault. */
  readonly settingsDirectory?: string | undefined
}

export type Outcome = Readonly<Record<'mount' | 'keys', 'made' | 'kept'>> & {
  readonly approle: 'made' | 'kept' | 'off'
  readonly audit: 'made' | 'kept' | 'off'
  readonly logins: 'set' | 'off'
  readonly settings: SettingsOutcome | 'off'
}

/** Brings Vault to what the services need; repeating it changes nothing. */
export const initialiseVault = async (admin: VaultClient, setup: VaultSetup, now: Date): Promise<Outcome> => {
  const { address, approleFile, cluster, mount, settingsDirectory } = setup
  // First, so that it has all that follows.
  const audit = cluster === undefined ? 'off' : await ensureAudit(admin)
  const made = { mount: await ensureMount(admin, setup), keys: await ensureKeys(admin, setup, now) }
  await setPolicy(admin, VAULT_ROLE, keysPolicy(setup))
  return {
    audit,
    ...made,
    approle: approleFile === undefined ? 'off' : await ensureApprole(admin, address, approleFile),
    logins: cluster === undefined ? 'off' : await setLogins(admin, mount, cluster),
    // Last: where a document is wrong, all else is there.
    settings: settingsDirectory === undefined ? 'off' : await ensureSettings(admin, mount, settingsDirectory),
  }
}

const devices = z.object({
  data: z.record(z.string(), z.object({ type: z.string(), options: z.record(z.string(), z.string()).nullish() })),
})

/**
 * Vault writes to its output who has read what, the values themselves only as hashes. In a cluster alone: there the output is
 * rotated, while a file would grow by every look that security takes for other keys.
 */
const ensureAudit = async (admin: VaultClient): Promise<'made' | 'kept'> => {
  const { data } = devices.parse(await admin.get('sys/audit'))
  const isOn = Object.values(data).some(({ type, options }) => type === 'file' && options?.file_path === 'stdout')
  return isOn ? 'kept' : madeOnce(admin.post('sys/audit/stdout', { type: 'file', options: { file_path: 'stdout' } }))
}

const mounted = z.object({ data: z.object({ type: z.string(), options: z.record(z.string(), z.string()).nullish() }) })

const ensureMount = async (admin: VaultClient, { mount }: VaultPlace): Promise<'made' | 'kept'> => {
  const found = await admin.get(`sys/mounts/${mount}`).catch((error: unknown) => {
    if (error instanceof VaultFault && error.status === 400) return undefined
    throw error
  })
  if (found === undefined) return madeOnce(admin.post(`sys/mounts/${mount}`, { type: 'kv', options: { version: '2' } }))
  const { type, options } = mounted.parse(found).data
  if (type === 'kv' && options?.version === '2') return 'kept'
  throw new Error(`Vault has something else at ${mount}: ${type} ${options?.version ?? ''}. Choose another mount.`)
}

/** Of two that make a thing in the same moment Vault refuses the later one, for whom it is there then. */
const madeOnce = async (making: Promise<unknown>): Promise<'made' | 'kept'> => {
  try {
    await making
    return 'made'
  } catch (error) {
    if (error instanceof VaultFault && error.errors.some((text) => text.includes('already in use'))) return 'kept'
    throw error
  }
}

const ensureKeys = async (admin: VaultClient, place: VaultPlace, now: Date): Promise<'made' | 'kept'> => {
  const { mount, path } = place
  // One version: in an older one a private key would live on that a rotation has dropped.
  await whenMounted(() => admin.post(`${mount}/metadata/${path}`, { max_versions: 1, cas_required: true }))
  if ((await admin.get(`${mount}/data/${path}`)) !== undefined) {
    // Whether they are what we can use.
    await vaultStore(admin, place).read()
    return 'kept'
  }
  const pairs: readonly [KeyPair, KeyPair] = await Promise.all([makeKeyPair(), makeKeyPair()])
  if (await writeKeyRing(admin, place, newKeyRing(pairs, now), 0)) return 'made'
  // Somebody else has made them just now, or they were there and have been deleted.
  if ((await admin.get(`${mount}/data/${path}`)) !== undefined) return 'kept'
  throw new Error(
    `The keys at ${mount}/${path} were deleted. Bring them back (vault kv undelete), or have new ones made: ` +
      `vault kv metadata delete -mount=${mount} ${path}, and run this again.`,
  )
}

const MOUNTED_WITHIN_MS = 10_000

/** A KV mount answers 400 for a moment after it was made. */
const whenMounted = async (work: () => Promise<unknown>): Promise<void> => {
  const deadline = performance.now() + MOUNTED_WITHIN_MS
  for (;;) {
    try {
      return void (await work())
    } catch (error) {
      const isSoon = error instanceof VaultFault && error.errors.some((text) => text.includes('Upgrading'))
      if (!isSoon || performance.now() > deadline) throw error
    }
    await delay(100)
  }
}

const setPolicy = (admin: VaultClient, name: string, rules: readonly string[]): Promise<unknown> =>
  admin.post(`sys/policies/acl/${name}`, { policy: rules.join('\n') })

const keysPolicy = ({ mount, path }: VaultPlace): readonly string[] => [
  `path "${mount}/data/${path}" { capabilities = ["read", "update"] }`,
  `path "${mount}/metadata/${path}" { capabilities = ["read"] }`,
  'path "auth/token/renew-self" { capabilities = ["update"] }',
]

// Renewed by the hour, and begun anew by the day.
const KEYS_TOKENS = { token_ttl: '1h', token_max_ttl: '24h' } as const
// For one reading before the start; the wait for what is to be read is part of it.
const SETTINGS_TOKENS = { token_ttl: '10m', token_max_ttl: '10m' } as const

const loginsOn = z.object({ data: z.record(z.string(), z.unknown()) })

const ensureLogin = async (admin: VaultClient, type: 'approle' | 'jwt'): Promise<void> => {
  const { data } = loginsOn.parse(await admin.get('sys/auth'))
  if (!(`${type}/` in data)) await madeOnce(admin.post(`sys/auth/${type}`, { type }))
}

const roleId = z.object({ data: z.object({ role_id: z.string() }) })
const secretId = z.object({ data: z.object({ secret_id: z.string() }) })

/** The role, and a file with which one can log in as it: the present one where it still works. */
const ensureApprole = async (admin: VaultClient, address: string, file: string): Promise<'made' | 'kept'> => {
  await ensureLogin(admin, 'approle')
  const role = `auth/approle/role/${VAULT_ROLE}`
  await admin.post(role, {
    ...KEYS_TOKENS,
    token_policies: [VAULT_ROLE],
    token_no_default_policy: true,
    bind_secret_id: true,
    secret_id_ttl: 0,
    secret_id_num_uses: 0,
  })
  if ((await readPrivateFile(file)) !== undefined && (await canLogIn(address, file))) return 'kept'
  const content: z.output<typeof approleFile> = {
    roleId: roleId.parse(await admin.get(`${role}/role-id`)).data.role_id,
    secretId: secretId.parse(await admin.post(`${role}/secret-id`, {})).data.secret_id,
  }
  const text = `${JSON.stringify(content)}\n`
  const version = await versionOfFile(file)
  const isWritten = version === undefined ? createPrivateFile(file, text) : replacePrivateFile(file, text, version)
  if (!(await isWritten)) throw new Error(`Somebody else has just written ${file}. Run this again.`)
  return 'made'
}

const canLogIn = async (address: string, file: string): Promise<boolean> => {
  try {
    await createVaultClient({ address, login: { kind: 'approle', file } }).post('auth/token/renew-self', {})
    return true
  } catch (error) {
    if (error instanceof VaultFault) return false
    throw error
  }
}

/** The logins of the cluster's pods: security's to the keys, and each service's to its own settings. */
const setLogins = async (admin: VaultClient, mount: string, cluster: Cluster): Promise<'set'> => {
  await ensureLogin(admin, 'jwt')
  await setSigners(admin, cluster)
  await setRole(admin, { name: VAULT_ROLE, subjects: KEYS_SUBJECTS, tokens: KEYS_TOKENS })
  for (const service of SERVICES) {
    const { name, subjects } = settingsRole(service)
    await setPolicy(admin, name, [`path "${mount}/data/${service}/settings" { capabilities = ["read"] }`])
    await setRole(admin, { name, subjects, tokens: SETTINGS_TOKENS })
  }
  return 'set'
}
