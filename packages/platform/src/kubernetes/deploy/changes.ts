/*
 * What an apply would change. The server is asked twice, for the objects as they are and as they would be: it knows its
 * defaults and what others have set, so that nothing is called a change that is none.
 */
import { z } from 'zod'
import type { Cluster } from '../cluster.ts'
import { type KubernetesObject, nameOf, toYaml } from '../objects.ts'
import { APPLY } from './kubectl.ts'
import { isRefused } from './stateful-sets.ts'

export type ObjectChange = {
  /** `Deployment neotool-web/gateway`. */
  readonly subject: string
  readonly change: 'new' | 'changed' | 'made anew' | 'removed' | 'unchanged'
  /** The paths that differ, with both values. */
  readonly detail: readonly string[]
}

type Work = { readonly cluster: Cluster; readonly signal?: AbortSignal | undefined }

const list = z.union([
  z.object({ kind: z.literal('List'), items: z.array(z.looseObject({})) }),
  z.looseObject({ kind: z.string() }).transform((object) => ({ items: [object] })),
])

/** For each object whether an apply would make it, change it or leave it as it is. */
export const changesOf = async (
  { cluster, signal }: Work,
  objects: readonly KubernetesObject[],
): Promise<ObjectChange[]> => {
  const known = await knownTo({ cluster, signal })
  const askable = objects.filter(known)
  const refused = await refusedOf({ cluster, signal }, askable)
  const ask = async (args: readonly string[], asked: readonly KubernetesObject[]) => {
    if (asked.length === 0) return new Map<string, KubernetesObject>()
    const options = { input: toYaml(asked), signal }
    const text = await cluster.kubectl([...args, '--filename', '-', '--output', 'json'], options)
    const items = text.trim() === '' ? [] : (list.parse(JSON.parse(text)).items as KubernetesObject[])
    return new Map(items.map((item) => [nameOf(item), item]))
  }
  const present = await ask(['get', '--ignore-not-found'], askable)
  const acceptable = askable.filter((object) => !refused.has(nameOf(object)))
  const future = await ask([...APPLY, '--dry-run=server'], acceptable)
  return objects.map((object) => {
    const subject = nameOf(object)
    if (refused.has(subject)) return { subject, change: 'made anew', detail: ['around its pods; its volumes grow'] }
    const [before, after] = [present.get(subject), future.get(subject)]
    if (before === undefined || after === undefined) return { subject, change: 'new', detail: [] }
    const detail = differences(withoutBookkeeping(before), withoutBookkeeping(after), '')
    return { subject, change: detail.length === 0 ? 'unchanged' : 'changed', detail }
  })
}

/** The StatefulSets whose change the server refuses. */
const refusedOf = async (work: Work, objects: readonly KubernetesObject[]): Promise<ReadonlySet<string>> => {
  const sets = objects.filter(({ kind }) => kind === 'StatefulSet')
  const answers = await Promise.all(sets.map((object) => isRefused(work, object)))
  return new Set(sets.filter((_, index) => answers[index]).map(nameOf))
}

/** How one set of manifests differs from another one, without asking anybody. */
export const changesBetween = (
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): ObjectChange[] => {
  const old = new Map(before.map((object) => [nameOf(object), object]))
  const names = new Set(after.map(nameOf))
  const removed = [...old.keys()].filter((subject) => !names.has(subject))
  const present = after.map((object): ObjectChange => {
    const subject = nameOf(object)
    const known = old.get(subject)
    if (known === undefined) return { subject, change: 'new', detail: [] }
    const detail = differences(known, object, '')
    return { subject, change: detail.length === 0 ? 'unchanged' : 'changed', detail }
  })
  return [...present, ...removed.map((subject): ObjectChange => ({ subject, change: 'removed', detail: [] }))]
}

/** Whether the cluster can be asked of an object at all: its type and its namespace may be yet to come. */
const knownTo = async ({ cluster, signal }: Work): Promise<(object: KubernetesObject) => boolean> => {
  const names = await cluster.kubectl(['get', 'namespaces', '--output', 'name'], { signal })
  const namespaces = new Set(names.split('\n').map((line) => line.replace('namespace/', '').trim()))
  const versions = await versionsOf({ cluster, signal })
  return ({ apiVersion, metadata: { namespace } }) =>
    versions.has(apiVersion) && (namespace === undefined || namespaces.has(namespace))
}

/** The types that the cluster knows, by group and version: apps/v1. */
export const versionsOf = async ({ cluster, signal }: Work): Promise<ReadonlySet<string>> =>
  new Set((await cluster.kubectl(['api-versions'], { signal })).split('\n').map((line) => line.trim()))

const withoutBookkeeping = ({ status: _, metadata, ...rest }: KubernetesObject): unknown => {
  const { managedFields: _managed, resourceVersion: _version, generation: _generation, ...own } = metadata
  return { ...rest, metadata: own }
}

const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const differences = (before: unknown, after: unknown, path: string): string[] => {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  if (!isBranch(before) || !isBranch(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [`${path}: ${shortly(before)} → ${shortly(after)}`]
  }
  const [old, young] = [byKey(before), byKey(after)]
  return [...new Set([...old.keys(), ...young.keys()])].flatMap((key) => {
    const step = Array.isArray(before) ? `[${key}]` : path === '' ? key : `.${key}`
    return differences(old.get(key), young.get(key), `${path}${step}`)
  })
}

/** Things with names, such as containers and variables, by their names: by its place, one more would seem to change all after it. */
const byKey = (branch: Readonly<Record<string, unknown>>): Map<string, unknown> => {
  const entries = Object.entries(branch)
  if (!Array.isArray(branch)) return new Map(entries)
  const named = entries.map(([index, item]): [string, unknown] => [
    isBranch(item) && typeof item.name === 'string' ? item.name : index,
    item,
  ])
  return new Map(named)
}

const MOST_CHARACTERS = 60

const shortly = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value)
  const [line = ''] = text.split('\n')
  return text.length > MOST_CHARACTERS || line !== text ? `${line.slice(0, MOST_CHARACTERS)}…` : text
}
