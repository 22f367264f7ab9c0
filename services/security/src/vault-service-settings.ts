/* Brings the services' secret settings into Vault, once: what is there stays, for passwords in use must not change. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError } from '@neotool/kit/config'
import { toEnvFile } from '@neotool/kit/env-file'
import { type VaultClient, VaultFault } from '@neotool/kit/vault-client'
import { settingsRecord } from '@neotool/kit/vault-settings'
import { SERVICES, type Service } from './vault-cluster.ts'

export type SettingsOutcome = Readonly<Record<string, 'made' | 'kept' | 'missing'>>

/** Writes `<service>/settings` from the directory's `<service>.json` where Vault has none; tells of each service. */
export const ensureSettings = async (
  admin: VaultClient,
  mount: string,
  directory: string,
): Promise<SettingsOutcome> => {
  const documents = await readDocuments(directory)
  const outcome: Record<string, 'made' | 'kept' | 'missing'> = {}
  for (const service of SERVICES)
    outcome[service] = await ensureOne(admin, `${service}/settings`, mount, documents[service])
  return outcome
}

const readDocuments = async (directory: string): Promise<Partial<Record<Service, Record<string, string>>>> => {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json'))
  const documents: Partial<Record<Service, Record<string, string>>> = {}
  for (const name of names) {
    const file = join(directory, name)
    const service = SERVICES.find((one) => name === `${one}.json`)
    if (service === undefined) throw new ConfigError(`${file} is of no service: these are ${SERVICES.join(', ')}.`)
    documents[service] = parse(file, await readFile(file, 'utf8'))
  }
  return documents
}

const parse = (file: string, text: string): Record<string, string> => {
  const { success, data } = settingsRecord.safeParse(parseJson(text))
  // Neither it nor what is wrong in it is shown: it is secret.
  if (!success)
    throw new ConfigError(`${file} must hold an object of names of settings with texts, one or more, in JSON.`)
  // The service would not get them: better to hear of it before they are in Vault.
  toEnvFile(data)
  return data
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const ensureOne = async (
  admin: VaultClient,
  path: string,
  mount: string,
  data: Record<string, string> | undefined,
): Promise<'made' | 'kept' | 'missing'> => {
  const isThere = async () => (await admin.get(`${mount}/data/${path}`)) !== undefined
  if (await isThere()) return 'kept'
  if (data === undefined) return 'missing'
  try {
    await admin.post(`${mount}/data/${path}`, { options: { cas: 0 }, data })
    return 'made'
  } catch (error) {
    if (!(error instanceof VaultFault && error.errors.some((text) => text.includes('check-and-set')))) throw error
  }
  // Somebody else has made them just now, or they were there and have been deleted.
  if (await isThere()) return 'kept'
  throw new ConfigError(
    `The settings at ${mount}/${path} were deleted. Bring them back (vault kv undelete), or have them made from the file: ` +
      `vault kv metadata delete -mount=${mount} ${path}, and run this again.`,
  )
}
