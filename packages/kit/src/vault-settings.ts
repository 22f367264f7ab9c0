import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { ConfigError } from './config.ts'
import { type VaultClient, VaultFault } from './vault-client.ts'

const POLL_MS = 1_000

const found = z.object({ data: z.object({ data: z.unknown() }) })
const settingsIn = z.record(z.string(), z.string()).refine((record) => Object.keys(record).length > 0)

type Place = { readonly mount: string; readonly path: string }

/**
 * The settings of a secret in Vault, KV v2, as soon as Vault answers, lets us in and has them; it says what it waits for.
 * Throws a ConfigError with the last reason where they are not there in time.
 */
export const waitForSettings = async (
  client: VaultClient,
  place: Place,
  { withinSeconds, say }: { readonly withinSeconds: number; readonly say: (line: string) => void },
): Promise<Readonly<Record<string, string>>> => {
  const deadline = performance.now() + withinSeconds * 1_000
  let said: string | undefined
  for (;;) {
    const result = await readSettings(client, place)
    if (typeof result !== 'string') return result
    if (performance.now() >= deadline) throw new ConfigError(outOfReach(place, withinSeconds, result))
    if (result !== said) say(`waiting: ${result}`)
    said = result
    await delay(POLL_MS)
  }
}

/** The settings, or why there are none yet. */
const readSettings = async (client: VaultClient, { mount, path }: Place): Promise<Record<string, string> | string> => {
  try {
    const answer = await client.get(`${mount}/data/${path}`)
    if (answer === undefined) return `Vault has no secret at ${mount}/${path}.`
    const { data, success } = settingsIn.safeParse(found.parse(answer).data.data)
    // What does not fit might be anything, so it is not shown.
    return success ? data : `The secret at ${mount}/${path} must hold names of settings with texts, one or more.`
  } catch (error) {
    if (error instanceof VaultFault) return whyOf(error)
    throw error
  }
}

/** With the innermost cause: a wrong certificate and an unknown host both look like no answer. */
const whyOf = (fault: VaultFault): string => {
  let { cause } = fault
  while (cause instanceof Error && cause.cause !== undefined) ({ cause } = cause)
  return cause instanceof Error && fault.status === undefined ? `${fault.message} (${cause.message})` : fault.message
}

const outOfReach = ({ mount, path }: Place, seconds: number, reason: string): string =>
  `There are no settings from ${mount}/${path} after ${seconds} s: ${reason}\n` +
  'They are made by ./neotool secrets bootstrap ENVIRONMENT, and brought into Vault, with the login, by the Job vault-init ' +
  'in neotool-security: run the one, then the other again.'
