/*
 * The one file of an environment: all that is a person's choice and differs by environment. What follows from it is derived and
 * committed (derive.ts). Whoever reads a file that is wrong hears of all its faults at once.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { messageOf, PlatformError } from '../failure.ts'
import { type Fault, faultsTogether, type SoundSettings } from './environment-file-rules.ts'
import { type CloudSettings, cloudShape, type LocalSettings, localShape, PROVIDERS } from './environment-file-schema.ts'

/** Which of the two that are in infra/ it is made like: one node of one's own, or machines in a cloud. */
export type EnvironmentKind = 'local' | 'prod'

/** Where the parts of an environment are, from the root of the checkout. */
export type EnvironmentPlaces = {
  readonly file: string
  readonly overlay: string
  /** The folder of the derived values of the releases: <service>.yaml. */
  readonly values: string
  /** The root module of its machines; none where no Terraform makes them. */
  readonly terraform?: string
}

type Named<Kind extends EnvironmentKind> = {
  readonly name: string
  readonly kind: Kind
  readonly places: EnvironmentPlaces
}

export type LocalEnvironment = LocalSettings & Named<'local'>
export type CloudEnvironment = CloudSettings & Named<'prod'>
export type Environment = LocalEnvironment | CloudEnvironment

const FOLDER = 'infra/environments'

/** With neotool- before it, what the modules of Terraform take. */
const LONGEST = 14
const NAME = new RegExp(`^[a-z]([a-z0-9-]{0,${LONGEST - 2}}[a-z0-9])?$`)

/** Those that belong to a suite of tests: all that is theirs is in its folder. */
const TEST_ENVIRONMENTS: Readonly<Record<string, string>> = { 'cluster-test': 'tests/cluster' }

/** The environments of a checkout, by the files of infra/environments. */
export const environmentNames = (root: string): string[] =>
  readdirSync(join(root, FOLDER))
    .flatMap((file) => (file.endsWith('.yaml') ? [basename(file, '.yaml')] : []))
    .toSorted()

/** Those of tests too, as far as they have a file. */
export const allEnvironmentNames = (root: string): string[] => [
  ...environmentNames(root),
  ...Object.keys(TEST_ENVIRONMENTS).filter((name) => existsSync(join(root, placesOf(name).file))),
]

const placesOf = (name: string): EnvironmentPlaces => {
  const folder = TEST_ENVIRONMENTS[name]
  if (folder !== undefined) {
    return { file: `${folder}/environment.yaml`, overlay: `${folder}/overlay`, values: `${folder}/values` }
  }
  return {
    file: `${FOLDER}/${name}.yaml`,
    overlay: `infra/kubernetes/overlays/${name}`,
    values: `infra/helm/values/environments/${name}`,
    terraform: `infra/terraform/environments/${name}`,
  }
}

/** Names an environment by what was given: its name, or the path of its file. */
const nameIn = (root: string, nameOrPath: string): string => {
  const path = relative(root, resolve(root, nameOrPath))
  const known = Object.keys(TEST_ENVIRONMENTS).find((name) => placesOf(name).file === path)
  return known ?? (path.startsWith(`${FOLDER}/`) ? basename(path, '.yaml') : nameOrPath)
}

/** Reads the file of an environment; fails with every fault of it. */
export const readEnvironmentFile = (root: string, nameOrPath: string): Environment => {
  const name = nameIn(root, nameOrPath)
  const places = placesOf(name)
  if (!/^[\w-]+$/.test(name) || !existsSync(join(root, places.file))) {
    throw new PlatformError(`There is no environment "${name}".`, {
      reason: 'usage',
      advice: `One of ${allEnvironmentNames(root).join(', ')}; each has a file in ${FOLDER}.`,
    })
  }
  if (!NAME.test(name)) {
    throw new PlatformError(`An environment cannot be called "${name}", as ${places.file} says.`, {
      reason: 'usage',
      advice: `Rename the file and the folders of the environment: 1 to ${LONGEST} small letters, digits and dashes, the first a letter, the last no dash. Terraform calls everything neotool-<name>, for which clouds leave 22.`,
    })
  }
  const read = checkEnvironmentFile(readFileSync(join(root, places.file), 'utf8'))
  if ('faults' in read) {
    const { faults } = read
    throw new PlatformError(`${places.file} has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}.`, {
      logLines: faults.map(({ path, problem }) => (path === '' ? problem : `${path}: ${problem}`)),
      advice: `Mend what is named above; docs/environments.md says what each value is for.`,
    })
  }
  const { settings } = read
  return settings.provider === 'local'
    ? { ...settings, name, kind: 'local', places }
    : { ...settings, name, kind: 'prod', places }
}

type Checked = { readonly settings: LocalSettings | CloudSettings } | { readonly faults: readonly Fault[] }

/** Judges the text of a file: what it says, or every fault. */
export const checkEnvironmentFile = (text: string): Checked => {
  const document = parseDocument(text)
  if (document.errors.length > 0) return { faults: document.errors.map((error) => at([], messageOf(error).trim())) }
  const content: unknown = document.toJS()
  const provider = z.looseObject({ provider: z.enum(PROVIDERS) }).safeParse(content)
  // Whoever misspells the provider most likely means a cloud; of what is in the file, most is the same anyway.
  const shape = provider.success && provider.data.provider === 'local' ? localShape : cloudShape
  const parsed = shape.safeParse(content)
  const issues = parsed.error?.issues ?? []
  const faults = [
    ...issues.flatMap((issue) => faultsOf(issue, content, shape)),
    ...faultsTogether(sound(content, issues)),
  ]
  return parsed.success && faults.length === 0 ? { settings: parsed.data } : { faults }
}

type Path = readonly PropertyKey[]

const at = (path: Path, problem: string): Fault => ({ path: path.map(String).join('.'), problem })

const valueAt = (content: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    content,
  )

const faultsOf = ({ path, ...issue }: z.core.$ZodIssue, content: unknown, shape: z.ZodType): Fault[] => {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => at([...path, key], unknownKey([...path, key], shape)))
  }
  const value = valueAt(content, path)
  return [
    at(path, value === undefined ? `is missing: it ${issue.message}` : `${JSON.stringify(value)} ${issue.message}`),
  ]
}

const unknownKey = (path: Path, shape: z.ZodType): string => {
  const other = shape === localShape ? cloudShape : localShape
  const key = String(path.at(-1))
  if (keysAt(other, path.slice(0, -1)).includes(key)) {
    return `is for ${shape === localShape ? 'a cloud' : 'provider: local'} alone: take it away`
  }
  const known = keysAt(shape, path.slice(0, -1))
  const nearest = known.toSorted((one, two) => distance(one, key) - distance(two, key))[0] ?? ''
  return `there is no such value; ${distance(nearest, key) <= 2 ? `did you mean ${nearest}?` : `there is ${known.join(', ')}`}`
}

/** The names that a shape has at a place. */
const keysAt = (shape: z.ZodType, path: Path): string[] => {
  const [key, ...rest] = path
  if (shape instanceof z.ZodArray) return keysAt(shape.unwrap() as z.ZodType, rest)
  if (!(shape instanceof z.ZodObject)) return []
  if (key === undefined) return Object.keys(shape.shape)
  const inner: z.ZodType | undefined = shape.shape[String(key)]
  return inner === undefined ? [] : keysAt(inner, rest)
}

/** How many letters must change to make one word of the other (Levenshtein). */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1]
    for (const [column, each] of [...other].entries()) {
      const change = (row[column] ?? 0) + (letter === each ? 0 : 1)
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}

const isOfWhole = ({ code, path }: z.core.$ZodIssue): boolean => code !== 'unrecognized_keys' && path.length === 0

/** What is left of a file without the values that are wrong by themselves. */
const sound = (content: unknown, issues: readonly z.core.$ZodIssue[]): SoundSettings => {
  const copy: unknown = structuredClone(content)
  if (typeof copy !== 'object' || copy === null || issues.some(isOfWhole)) return {}
  for (const issue of issues) {
    const { path } = issue
    const isUnknown = issue.code === 'unrecognized_keys'
    const parent = valueAt(copy, isUnknown ? path : path.slice(0, -1))
    if (typeof parent !== 'object' || parent === null) continue
    // Not deleted: those after it in a list would get other numbers.
    for (const key of isUnknown ? issue.keys : path.slice(-1)) Reflect.set(parent, key, undefined)
  }
  return copy as SoundSettings
}
