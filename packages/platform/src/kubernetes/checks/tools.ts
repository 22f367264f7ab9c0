/*
 * What programs of others find in manifests: kubeconform (schemas), kube-score and Checkov (risks). All of them are asked
 * about everything, and none may be told by an annotation to look away: infra/checks/exceptions.yaml is the one place for that.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { z } from 'zod'
import { checkovCommand } from '../../binaries/checkov.ts'
import { kubeScoreProgram } from '../../binaries/kube-score.ts'
import { kubeconformProgram } from '../../binaries/kubeconform.ts'
import { PlatformError } from '../../failure.ts'
import { type KubernetesObject, nameOf, toYaml } from '../objects.ts'
import { KUBERNETES_VERSION, schemaLocations } from '../schemas.ts'
import type { Finding } from './finding.ts'

/** The JSON that a program prints; what it ends with counts for nothing, for it is 1 where there are findings. */
const jsonOf = async <Output>(
  [program, ...args]: readonly [string, ...string[]],
  schema: z.ZodType<Output>,
  options: { readonly input?: string; readonly env?: Record<string, string> } = {},
): Promise<Output> => {
  const { stdout, stderr, exitCode } = await execa(program, args, { ...options, reject: false, maxBuffer: 2 ** 28 })
  try {
    return schema.parse(JSON.parse(stdout))
  } catch (cause) {
    throw new PlatformError(`${program} gave no answer that can be read; it ended with ${exitCode}.`, {
      logLines: [...stderr.split('\n').slice(-10), stdout.slice(0, 500)],
      cause,
    })
  }
}

const unseen = (tool: string, objects: readonly KubernetesObject[], seen: number): PlatformError =>
  new PlatformError(`${tool} was given ${objects.length} objects and looked at ${seen}.`)

const conformity = z.object({
  resources: z.array(z.object({ kind: z.string(), name: z.string(), status: z.string(), msg: z.string().optional() })),
})

/** Each object is as the schemas of Kubernetes and of the custom resources say, with no field more. */
export const runKubeconform = async (objects: readonly KubernetesObject[]): Promise<Finding[]> => {
  const locations = schemaLocations().flatMap((location) => ['-schema-location', location])
  const options = ['-strict', '-verbose', '-kubernetes-version', KUBERNETES_VERSION, '-output', 'json', ...locations]
  const { resources } = await jsonOf([kubeconformProgram(), ...options, '-'], conformity, { input: toYaml(objects) })
  if (resources.length !== objects.length) throw unseen('kubeconform', objects, resources.length)
  return resources
    .filter(({ status }) => status !== 'statusValid')
    .map(({ kind, name, msg = 'it has no schema' }) => ({
      rule: 'schemas',
      object: `${kind} ${name}`,
      problem: msg.replace(/^.*jsonschema validation failed with '[^']*' - /s, ''),
    }))
}

// kube-score's own grades: 10 is all well, 5 a warning, 1 critical.
const WELL = 10

const scores = z.array(
  z.object({
    type_meta: z.object({ kind: z.string(), apiVersion: z.string() }),
    object_meta: z.object({ name: z.string(), namespace: z.string().optional() }),
    checks: z.array(
      z.object({
        check: z.object({ id: z.string() }),
        grade: z.int(),
        skipped: z.boolean(),
        comments: z.array(z.object({ path: z.string().optional(), summary: z.string() })).nullable(),
      }),
    ),
  }),
)

/** What kube-score warns of. */
export const runKubeScore = async (objects: readonly KubernetesObject[]): Promise<Finding[]> => {
  const version = `v${KUBERNETES_VERSION.replace(/\.\d+$/, '')}`
  const options = ['--output-format', 'json', '--kubernetes-version', version, '--disable-ignore-checks-annotations']
  const scored = await jsonOf([kubeScoreProgram(), 'score', ...options, '-'], scores, { input: toYaml(objects) })
  return scored.flatMap(({ type_meta: { kind, apiVersion }, object_meta: metadata, checks }) =>
    checks
      .filter(({ grade, skipped }) => grade < WELL && !skipped)
      .map(({ check, comments }) => ({
        rule: `kube-score/${check.id}`,
        object: nameOf({ kind, apiVersion, metadata }),
        problem: (comments ?? []).map(({ path = '', summary }) => `${path} ${summary}`.trim()).join('; '),
      })),
  )
}

const record = z.looseObject({ check_id: z.string(), check_name: z.string(), resource: z.string() })
const report = z.looseObject({
  results: z.looseObject({
    failed_checks: z.array(record),
    skipped_checks: z.array(record),
    parsing_errors: z.array(z.unknown()),
  }),
  summary: z.looseObject({ passed: z.int() }),
})

/** What Checkov finds insecure. */
export const runCheckov = async (objects: readonly KubernetesObject[]): Promise<Finding[]> => {
  const directory = await mkdtemp(join(tmpdir(), 'neotool-checkov-'))
  try {
    const file = join(directory, 'manifests.yaml')
    await writeFile(file, toYaml(objects))
    const options = ['--framework', 'kubernetes', '--skip-download', '--compact', '--output', 'json']
    const env = { PYTHONDONTWRITEBYTECODE: '1' }
    const { results, summary } = await jsonOf([...checkovCommand(), ...options, '--file', file], report, { env })
    if (results.parsing_errors.length > 0 || summary.passed === 0) throw unseen('Checkov', objects, 0)
    // Checkov knows no object without a namespace.
    const names = new Map(
      objects.map((object) => {
        const { kind, metadata } = object
        return [`${kind}.${metadata.namespace ?? 'default'}.${metadata.name}`, nameOf(object)]
      }),
    )
    // One that an annotation has silenced counts too.
    return [...results.failed_checks, ...results.skipped_checks].map(
      ({ check_id: id, check_name: problem, resource }) => ({
        rule: `checkov/${id}`,
        object: names.get(resource) ?? resource,
        problem,
      }),
    )
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
