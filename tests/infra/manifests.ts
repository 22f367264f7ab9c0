/*
 * What the tests of this folder have in common: the manifests of both environments, and mutations of them. A rule that finds
 * nothing proves nothing until it is seen to find what it is for, so each has a manifest that breaks it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseExceptions, unexcused } from '@neotool/platform/kubernetes/checks/exceptions'
import { type Finding, inWords } from '@neotool/platform/kubernetes/checks/finding'
import { environmentNames } from '@neotool/platform/kubernetes/environment-file'
import { type KubernetesObject, nameOf } from '@neotool/platform/kubernetes/objects'
import { inject } from 'vitest'
import { parse } from 'yaml'
import { root } from './root.ts'

/** Every environment that has a file: a new one is held to all rules. */
export const environments: readonly string[] = environmentNames(root)

const read = (environment: string): readonly KubernetesObject[] =>
  JSON.parse(readFileSync(join(inject('rendered'), `${environment}.json`), 'utf8'))

const all = new Map(environments.map((environment) => [environment, read(environment)]))

/** All objects of an environment. */
export const manifestsOf = (environment: string): readonly KubernetesObject[] => {
  const objects = all.get(environment)
  if (objects === undefined)
    throw new Error(`There is no environment ${environment}; there is ${environments.join(', ')}.`)
  return objects
}

/** The two that mutations are made of. */
export const manifests = { local: manifestsOf('local'), prod: manifestsOf('prod') } as const

export const exceptions = parseExceptions(parse(readFileSync(join(root, 'infra/checks/exceptions.yaml'), 'utf8')))

/** What is left of findings, in words, without those that infra/checks/exceptions.yaml has a reason for. */
export const faultsIn = (findings: readonly Finding[]): string[] => unexcused(findings, exceptions).map(inWords)

/** Where in a manifest: keys, positions and, for lists of what has names, `name=…`, with slashes between them. */
type Path = string

export type Edit =
  | { readonly set: Path; readonly to: unknown }
  | { readonly remove: Path }
  /** At the end of a list, which is made where there is none. */
  | { readonly add: Path; readonly value: unknown }

const isList = Array.isArray

const keyIn = (parent: object, step: string, path: Path): string => {
  if (!isList(parent) || /^\d+$/.test(step)) return step
  const index = parent.findIndex((item) => `name=${item.name}` === step)
  if (index < 0) throw new Error(`${path}: there is no ${step}`)
  return String(index)
}

const apply = (object: object, edit: Edit): void => {
  const path = 'set' in edit ? edit.set : 'add' in edit ? edit.add : edit.remove
  // A label's own slash is written ~1, as JSON Patch has it.
  const steps = path.split('/').map((step) => step.replaceAll('~1', '/'))
  const last = steps.pop() ?? ''
  let parent: object = object
  for (const step of steps) {
    const next: unknown = Reflect.get(parent, keyIn(parent, step, path))
    if (typeof next !== 'object' || next === null) throw new Error(`${path}: there is no ${step}`)
    parent = next
  }
  const key = keyIn(parent, last, path)
  if ('set' in edit) Reflect.set(parent, key, edit.to)
  else if ('add' in edit) Reflect.set(parent, key, [...((Reflect.get(parent, key) as unknown[]) ?? []), edit.value])
  else if (!Reflect.has(parent, key)) throw new Error(`${path}: there is no ${last} to take away`)
  else if (isList(parent)) parent.splice(Number(key), 1)
  else Reflect.deleteProperty(parent, key)
}

/** The objects with one of them changed. */
export const changed = (
  objects: readonly KubernetesObject[],
  name: string,
  ...edits: readonly Edit[]
): KubernetesObject[] =>
  objects.map((object) => {
    if (nameOf(object) !== name) return object
    const copy = structuredClone(object)
    for (const edit of edits) apply(copy, edit)
    return copy
  })

/** The objects without one of them. */
export const without = (objects: readonly KubernetesObject[], name: string): KubernetesObject[] =>
  objects.filter((object) => nameOf(object) !== name)

/** An object by its name; where that ends with a hash, without it. */
export const named = (objects: readonly KubernetesObject[], name: string): KubernetesObject => {
  const found = objects.find(
    (object) => nameOf(object) === name || nameOf(object).replace(/-[0-9a-z]{10}$/, '') === name,
  )
  if (found === undefined) throw new Error(`There is no ${name}; there is ${objects.map(nameOf).join(', ')}.`)
  return found
}

/** The first words of what rules find, for comparison: `Deployment neotool-web/web: …`. */
export const words = (findings: readonly Finding[]): string[] => findings.map(inWords)
