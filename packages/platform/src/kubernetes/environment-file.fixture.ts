/** What the tests of environments' files have in common. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse, stringify } from 'yaml'
import { checkEnvironmentFile } from './environment-file.ts'

const checkout = fileURLToPath(new URL('../../../..', import.meta.url))
/** The text of an environment's file of this checkout. */
export const textOf = (name: string): string => readFileSync(join(checkout, `infra/environments/${name}.yaml`), 'utf8')

export type Edits = Readonly<Record<string, unknown>>

/** A file with values in other places than it had; undefined takes one away. */
export const edited = (name: string, edits: Edits): string => {
  const content: unknown = parse(textOf(name))
  for (const [path, value] of Object.entries(edits)) {
    const steps = path.split('.')
    const key = steps.pop() ?? ''
    const parent = steps.reduce<unknown>((at, step) => Reflect.get(Object(at), step), content)
    if (value === undefined) Reflect.deleteProperty(Object(parent), key)
    else Reflect.set(Object(parent), key, value)
  }
  return stringify(content)
}

/** What is said of a text. */
export const faultsOf = (text: string): string[] => {
  const checked = checkEnvironmentFile(text)
  return 'faults' in checked ? checked.faults.map(({ path, problem }) => `${path}: ${problem}`) : []
}
