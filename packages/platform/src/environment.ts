/*
 * An environment is one running copy of the platform, known by its name within the checkout: `default`, `test`, …
 * What is chosen once (ports) is in state.json and what must stay secret in secrets.json, both under .neotool/<name>/.
 */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isRoot } from './data-owner.ts'
import { PlatformError } from './failure.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'
import { choosePorts, isPortFree, type PortRule } from './ports.ts'

export const defaultName = 'default'

const stateSchema = z.object({
  /** Where the checkout was, so that a copy of it never takes the original's processes for its own. */
  checkout: z.string(),
  ports: z.record(z.string(), z.int()),
  isSeeded: z.boolean(),
  /** Whether it was ever started with --full; it stays so, because its keys are where that put them. */
  isFull: z.boolean().default(false),
})

type State = z.infer<typeof stateSchema>

export type Environment = {
  readonly name: string
  /** The checkout. */
  readonly root: string
  /** `.neotool/<name>`, for the person alone. */
  readonly directory: string
  /** What PostgreSQL keeps; outside the checkout when root started us. */
  readonly dataDirectory: string
  readonly ports: Readonly<Record<string, number>>
  readonly isSeeded: boolean
  readonly isFull: boolean
  /** 32 random bytes in base64, made when they are first asked for and the same ever after. */
  secret(name: string): string
}

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)

const stateFile = (directory: string) => join(directory, 'state.json')
const secretsFile = (directory: string) => join(directory, 'secrets.json')

const readState = (directory: string, root: string): State | undefined => {
  const state = readJsonFile(stateFile(directory), stateSchema)
  if (!state || state.checkout === root) return state
  throw new PlatformError(`${directory} belongs to the checkout ${state.checkout}, not to ${root}.`, {
    advice: `If this is a copy, remove ${directory}. If the checkout was moved, move it back for a ./neotool down first.`,
  })
}

const locate = (checkout: string, name: string) => {
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name)) {
    throw new PlatformError(`"${name}" cannot be the name of an environment.`, {
      reason: 'usage',
      advice: 'Use up to 31 lower-case letters, digits and hyphens, beginning with a letter.',
    })
  }
  const root = realpathSync(checkout)
  const directory = join(root, '.neotool', name)
  const dataDirectory = isRoot() ? `/var/lib/neotool/${shortHash(root)}-${name}` : join(directory, 'data')
  return { name, root, directory, dataDirectory }
}

const secretsOf = (directory: string) => (name: string) => {
  const secrets = readJsonFile(secretsFile(directory), z.record(z.string(), z.string())) ?? {}
  const known = secrets[name]
  if (known) return known
  const made = randomBytes(32).toString('base64')
  writeJsonFile(secretsFile(directory), { ...secrets, [name]: made })
  return made
}

/** Deletes a secret; the next who asks for it gets another one. */
export const forgetSecret = ({ directory }: Environment, name: string): void => {
  const { [name]: _, ...others } = readJsonFile(secretsFile(directory), z.record(z.string(), z.string())) ?? {}
  writeJsonFile(secretsFile(directory), others)
}

/** The file whose lock is held by whoever starts or stops the environment; beside its directory, which may be deleted. */
export const lockFileOf = (checkout: string, name: string): string => `${locate(checkout, name).directory}.lock`

/** The environment as it was last started, or undefined when it never was. */
export const findEnvironment = (checkout: string, name: string): Environment | undefined => {
  const place = locate(checkout, name)
  const state = readState(place.directory, place.root)
  return (
    state && {
      ...place,
      ports: state.ports,
      isSeeded: state.isSeeded,
      isFull: state.isFull,
      secret: secretsOf(place.directory),
    }
  )
}

/** The names of all environments that were ever started in the checkout, and not deleted. */
export const environmentNames = (checkout: string): string[] => {
  const directory = join(realpathSync(checkout), '.neotool')
  if (!existsSync(directory)) return []
  const names = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return names.map((entry) => entry.name).filter((name) => existsSync(stateFile(join(directory, name))))
}

/** Ports that the other environments of this checkout have chosen, running or not. */
const portsOfOthers = (root: string, name: string): Set<number> =>
  new Set(
    environmentNames(root)
      .filter((other) => other !== name)
      .flatMap((other) =>
        Object.values(readJsonFile(stateFile(join(root, '.neotool', other)), stateSchema)?.ports ?? {}),
      ),
  )

/**
 * Makes the environment's directories, ports and state when they are missing. A port that was chosen before is chosen
 * anew when somebody else has taken it and the part is not running.
 */
export const openEnvironment = async (
  checkout: string,
  name: string,
  parts: readonly { readonly name: string; readonly port: PortRule }[],
  { isFull, isRunning, note }: { isFull: boolean; isRunning: (part: string) => boolean; note: (text: string) => void },
): Promise<Environment> => {
  const place = locate(checkout, name)
  const { root, directory, dataDirectory } = place
  const state = readState(directory, root)
  for (const path of [directory, join(directory, 'run'), join(directory, 'logs')])
    mkdirSync(path, { recursive: true, mode: 0o700 })
  // Without the passwords that made it, the data cannot be opened; it may be dear to somebody, so it is not deleted.
  if (!existsSync(secretsFile(directory)) && existsSync(dataDirectory)) {
    const aside = `${dataDirectory}.set-aside-${new Date().toISOString().replaceAll(/[:.]/g, '')}`
    renameSync(dataDirectory, aside)
    note(`The data of an earlier "${name}" has lost its passwords; it was moved to ${aside}, in case you need it.`)
  }
  const previous: Record<string, number> = {}
  for (const [part, port] of Object.entries(state?.ports ?? {})) {
    if (isRunning(part) || (await isPortFree(port))) previous[part] = port
  }
  const ports = await choosePorts(
    parts.map((part) => ({ name: part.name, rule: part.port })),
    {
      previous,
      isDefault: name === defaultName,
      reserved: portsOfOthers(root, name),
      spread: Number.parseInt(shortHash(directory), 16),
      isFree: isPortFree,
    },
  )
  const isSeeded = state?.isSeeded ?? false
  writeJsonFile(stateFile(directory), { checkout: root, ports, isSeeded, isFull } satisfies State)
  return { ...place, ports, isSeeded, isFull, secret: secretsOf(directory) }
}

/** Remembers that the seeds ran, so that what a person deleted does not come back with the next `up`. */
export const markSeeded = ({ directory, root, ports, isFull }: Environment): void =>
  writeJsonFile(stateFile(directory), { checkout: root, ports, isSeeded: true, isFull } satisfies State)

/** The log file of a part. */
export const logFileOf = ({ directory }: Environment, part: string): string => join(directory, 'logs', `${part}.log`)
