/*
 * The files that follow from the file of an environment. They are committed, so that whoever reads or reviews sees what will be
 * applied, and so that kubectl, helm and terraform work on them by themselves; `findDrift` keeps them as they would be made.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { writeFileAtomically } from '../json-file.ts'
import { environmentComponent } from './derive-kustomization.ts'
import { derivedValuesOf } from './derive-settings.ts'
import { terraformFiles } from './derive-terraform.ts'
import type { Environment } from './environment-file.ts'
import { SERVICES } from './releases.ts'

export type DerivedFile = { readonly path: string; readonly content: string }

/** All of an environment, by their paths from the root of the checkout. */
export const derivedFiles = (root: string, environment: Environment): DerivedFile[] => {
  const { places } = environment
  const yaml = (path: string, content: unknown): DerivedFile => ({
    path,
    content: `${header(environment)}${stringify(content, { lineWidth: 0 })}`,
  })
  const terraform = places.terraform === undefined ? {} : terraformFiles(root, environment)
  return [
    yaml(`${places.overlay}/environment/kustomization.yaml`, environmentComponent(root, environment)),
    ...SERVICES.map((service) => yaml(`${places.values}/${service}.yaml`, derivedValuesOf(environment, service))),
    ...Object.entries(terraform).map(([name, content]) => ({ path: `${places.terraform}/${name}`, content })),
  ]
}

const header = ({ name, places }: Environment): string =>
  `# Made from ${places.file} by \`./neotool config generate ${name}\`: change that file, not this one.\n`

const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)

/** Writes what differs; answers the paths of those files. */
export const writeDerivedFiles = (root: string, environment: Environment): string[] => {
  const stale = derivedFiles(root, environment).filter(({ path, content }) => read(join(root, path)) !== content)
  for (const { path, content } of stale) writeFileAtomically(join(root, path), content, 0o644)
  return stale.map(({ path }) => path)
}

/** Every derived file that is not as it would be made, with the first line that differs. */
export const findDrift = (root: string, environment: Environment): string[] => {
  const files = derivedFiles(root, environment)
  const drifts = files.flatMap(({ path, content }) => {
    const found = read(join(root, path))
    if (found === content) return []
    return [found === undefined ? `${path} is not there` : `${path} differs ${firstDifference(found, content)}`]
  })
  return [...drifts, ...strayValues(root, environment, files)]
}

const firstDifference = (found: string, made: string): string => {
  const [foundLines, madeLines] = [found.split('\n'), made.split('\n')]
  const line = Array.from({ length: Math.max(foundLines.length, madeLines.length) }).findIndex(
    (_, index) => foundLines[index] !== madeLines[index],
  )
  const words = (text: string | undefined) => (text === undefined ? 'the end' : JSON.stringify(text.trim()))
  return `in line ${line + 1}: ${words(foundLines[line])} would be ${words(madeLines[line])}`
}

/** Values that no release takes: of a service that is no more. */
const strayValues = (root: string, { places }: Environment, files: readonly DerivedFile[]): string[] => {
  const folder = join(root, places.values)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .map((name) => `${places.values}/${name}`)
    .filter((path) => !files.some((file) => file.path === path))
    .map((path) => `${path} is no file of ours: nothing would read it`)
}

/** Reserved for examples, by those who give names, networks and accounts away. */
const EXAMPLES = [
  /(^|[@.])[a-z0-9-]+\.example\b/,
  /^123456789012$/,
  /\b0{32}\b/,
  /^203\.0\.113\./,
  /^0{8}-(0{4}-){3}0{12}$/,
]

/** What of an environment in a cloud is still an example; nobody has machines or a name at the other end of it. */
export const exampleValuesIn = (environment: Environment): string[] => {
  if (environment.kind === 'local') return []
  const { places, ...settings } = environment
  return textsIn(settings).flatMap(([path, text]) =>
    EXAMPLES.some((pattern) => pattern.test(text)) ? [`${path}: ${text}`] : [],
  )
}

const textsIn = (value: unknown, path = ''): [string, string][] => {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, path === '' ? key : `${path}.${key}`))
}
