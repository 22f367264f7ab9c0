import { z } from 'zod'
import { ConfigError } from './config.ts'
import { type VaultClient, VaultFault } from './vault-client.ts'
import { type Patience, reasonOf, waitFor } from './wait-for.ts'

const found = z.object({ data: z.object({ data: z.unknown() }) })

/** What the secret of a service's settings holds: names of variables with their values. */
export const settingsRecord = z
  .record(z.string(), z.string())
  .refine((settings) => Object.keys(settings).length > 0, 'must hold a setting')

type Place = { readonly mount: string; readonly path: string }

/**
 * The settings of a secret in Vault, KV v2, as soon as Vault answers, lets us in and has them. Throws a ConfigError with the
 * last reason and what to do where they are not there in time.
 */
export const waitForSettings = async (
  client: VaultClient,
  place: Place,
  patience: Patience,
): Promise<Readonly<Record<string, string>>> => {
  const isFault = (error: unknown) => error instanceof VaultFault
  return waitFor(() => readSettings(client, place), patience, isFault).catch((error: unknown) => {
    throw isFault(error) ? new ConfigError(outOfReach(place, patience.withinSeconds, reasonOf(error))) : error
  })
}

const readSettings = async (client: VaultClient, { mount, path }: Place): Promise<Record<string, string>> => {
  const answer = await client.get(`${mount}/data/${path}`)
  if (answer === undefined) throw new VaultFault(`Vault has no secret at ${mount}/${path}.`)
  const { data, success } = settingsRecord.safeParse(found.parse(answer).data.data)
  if (success) return data
  // What does not fit might be anything, so it is not shown.
  throw new VaultFault(`The secret at ${mount}/${path} must hold names of settings with texts, one or more.`)
}

const outOfReach = ({ mount, path }: Place, seconds: number, reason: string): string =>
  `There are no settings from ${mount}/${path} after ${seconds} s: ${reason}\n` +
  'They are made by ./neotool secrets bootstrap ENVIRONMENT, and brought into Vault, with the login, by the Job vault-init ' +
  'in neotool-security: run the one, then the other again.'
