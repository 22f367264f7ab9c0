/*
 * JSON schemas of everything that a manifest of ours may hold, for kubeconform. Those of Kubernetes are in a package of
 * PyPI, but point to each other by addresses on the web: each becomes a file that needs no other one. Those of custom
 * resources are made from the definitions that are in the Go modules of their operators, exact version, checked by go.sum.
 * Both refuse fields that are not in them. The rules in x-kubernetes-validations are not evaluated.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { assertGo } from '../binaries/go.ts'
import { installPythonPackages } from '../binaries/python.ts'
import { type Binaries, binariesDirectory } from '../cache.ts'
import { PlatformError } from '../failure.ts'
import { runCommand } from '../run-command.ts'

/** The release of Kubernetes that manifests are written for. */
export const KUBERNETES_VERSION = '1.33.0'

const lockedProject = join(import.meta.dirname, '../../binaries/kubernetes-schemas')

/** Per module of binaries/kubernetes-schemas/go.mod the directory of its definitions. */
const definitions: Readonly<Record<string, string>> = {
  'github.com/cert-manager/cert-manager': 'deploy/crds',
  'github.com/cloudnative-pg/cloudnative-pg': 'config/crd/bases',
  'github.com/prometheus-operator/prometheus-operator': 'example/prometheus-operator-crd',
}

/** The number after the hyphen rises with every change of this file or of binaries/kubernetes-schemas. */
export const kubernetesSchemas: Binaries = {
  title: `Schemas of Kubernetes ${KUBERNETES_VERSION}`,
  name: 'kubernetes-schemas',
  version: `${KUBERNETES_VERSION}-1`,
  async install(directory, progress, signal) {
    await writeKubernetesSchemas(directory, signal)
    progress('custom resources')
    await writeCustomSchemas(directory, signal)
  },
}

/** Where kubeconform looks for the schema of an object, in the words of its option -schema-location. */
export const schemaLocations = (): readonly string[] => {
  const directory = binariesDirectory(kubernetesSchemas)
  return [
    join(directory, 'kubernetes/{{.ResourceKind}}{{.KindSuffix}}.json'),
    join(directory, 'custom/{{.Group}}_{{.ResourceKind}}_{{.ResourceAPIVersion}}.json'),
  ]
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The same value, after `change` had every object in it, from the inside out. */
const mapObjects = (value: unknown, change: (object: Record<string, unknown>) => unknown): unknown => {
  if (Array.isArray(value)) return value.map((item) => mapObjects(item, change))
  if (!isObject(value)) return value
  return change(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapObjects(item, change)])))
}

/** A schema with all that it refers to inside of it. */
export const standaloneSchema = (schema: unknown, shared: Readonly<Record<string, unknown>>): unknown => {
  const needed = new Map<string, unknown>()
  const localise = (part: unknown): unknown =>
    mapObjects(part, ({ $id: _, $ref, ...rest }) => {
      if (typeof $ref !== 'string') return rest
      const name = $ref.slice($ref.lastIndexOf('/') + 1)
      if (!needed.has(name)) {
        // Before it is read: definitions may refer to themselves.
        needed.set(name, undefined)
        needed.set(name, localise(shared[name]))
      }
      return { ...rest, $ref: `#/$defs/${name}` }
    })
  const own = localise(schema)
  return { ...(isObject(own) ? own : {}), $defs: Object.fromEntries(needed) }
}

const sharedDefinitions = z.object({ $defs: z.record(z.string(), z.unknown()) })

const writeKubernetesSchemas = async (directory: string, signal?: AbortSignal): Promise<void> => {
  const environment = await mkdtemp(join(tmpdir(), 'neotool-schemas-'))
  try {
    await installPythonPackages(kubernetesSchemas.title, lockedProject, environment, { signal })
    const entries = await readdir(join(environment, 'lib'))
    const packages = join(environment, 'lib', entries.find((name) => name.startsWith('python3')) ?? '', 'site-packages')
    const source = join(packages, `kubernetes_validate/kubernetes-json-schema/v${KUBERNETES_VERSION}-local-strict`)
    const readJson = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(source, name), 'utf8'))
    const { $defs: shared } = sharedDefinitions.parse(await readJson('_definitions.json'))
    const target = join(directory, 'kubernetes')
    await mkdir(target)
    for (const name of await readdir(source)) {
      const schema = name.startsWith('_') ? undefined : await readJson(name)
      // The rest are parts of objects.
      if (!isObject(schema) || !('x-kubernetes-group-version-kind' in schema)) continue
      await writeFile(join(target, name), JSON.stringify(standaloneSchema(schema, shared)))
    }
  } finally {
    await rm(environment, { recursive: true, force: true })
  }
}

/** A schema of a custom resource in the form that JSON Schema has for it, which refuses fields that are not in it. */
export const strictSchema = (schema: unknown): unknown =>
  mapObjects(schema, (part) => {
    const { nullable, type, 'x-kubernetes-int-or-string': isIntOrString, ...rest } = part
    const types = isIntOrString === true ? ['integer', 'string'] : type
    const isOpen = part['x-kubernetes-preserve-unknown-fields'] === true || 'additionalProperties' in part
    return {
      ...rest,
      ...(types !== undefined && { type: nullable === true ? [types, 'null'].flat() : types }),
      ...(type === 'object' && isObject(part.properties) && !isOpen && { additionalProperties: false }),
    }
  })

const customResource = z.object({
  kind: z.literal('CustomResourceDefinition'),
  spec: z.object({
    group: z.string(),
    names: z.object({ kind: z.string() }),
    versions: z.array(z.object({ name: z.string(), schema: z.object({ openAPIV3Schema: z.unknown() }) })),
  }),
})

const downloads = z.object({ Path: z.string(), Dir: z.string() })

const writeCustomSchemas = async (directory: string, signal?: AbortSignal): Promise<void> => {
  await assertGo({ title: 'What custom resources look like', oldestGo: [1, 24, 0] })
  const target = join(directory, 'custom')
  await mkdir(target)
  for (const [module, folder] of Object.entries(definitions)) {
    const output = await runCommand('go', ['mod', 'download', '-json', module], {
      cwd: lockedProject,
      env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' },
      signal,
      reason: 'download',
      advice: 'Go needs a way to its module proxy: directly, or by a mirror in GOPROXY (go env GOPROXY).',
    })
    const source = join(downloads.parse(JSON.parse(output)).Dir, folder)
    const files = (await readdir(source)).filter((name) => name.endsWith('.yaml'))
    const texts = await Promise.all(files.map((name) => readFile(join(source, name), 'utf8')))
    const found = texts.flatMap((text) =>
      [...parseAllDocuments(text)].flatMap((document) => customResource.safeParse(document.toJS()).data ?? []),
    )
    if (found.length === 0) throw new PlatformError(`${module} has no definition of a custom resource in ${folder}.`)
    for (const { spec } of found) {
      for (const { name, schema } of spec.versions) {
        const file = `${spec.group}_${spec.names.kind}_${name}.json`.toLowerCase()
        await writeFile(join(target, file), JSON.stringify(strictSchema(schema.openAPIV3Schema)))
      }
    }
  }
}
