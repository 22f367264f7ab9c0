/*
 * Every variable that a manifest sets is one that the program reads, and every one that it needs is set. Who knows that is the
 * program: its own loader is given exactly these variables, in a process of its own. A loader refuses what it does not know
 * and names all faults at once. Where an entry file has its loader in itself, the file is started with one variable more, of
 * a name that nobody reads: what it then says is that one fault, or there are others. It never gets further.
 */
import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { execa } from 'execa'
import { z } from 'zod'
import { PlatformError } from '../../failure.ts'
import { type KubernetesObject, nameOf } from '../objects.ts'
import type { Finding } from './finding.ts'
import { type Program, programsOf } from './programs.ts'

export type SettingsOf = {
  readonly root: string
  /** By service, the variables that it gets from Vault, with values of the right shape. */
  readonly secretSettings: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** What is read without a loader: by Node itself, by Next's server, by cryptography. */
const readByAll = ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS']
const readByPart: Readonly<Record<string, readonly string[]>> = { web: ['HOSTNAME', 'PORT'] }

const prefixes: Readonly<Record<string, string>> = {
  'packages/kit/src/ops/fetch-settings.ts': 'SETTINGS',
  'packages/kit/src/ops/create-topics.ts': 'KAFKA',
  'services/security/src/ops/vault-init.ts': 'VAULT_INIT',
  // Its loader takes no other ones, and refuses none of them.
  'services/assets/src/ops/create-buckets.ts': 'ASSETS_S3',
}

const prefixOf = ({ entry, part }: Program): string => prefixes[entry ?? ''] ?? part.toUpperCase()

const ENV_FILE = /^--env-file=(.+)$/

const environmentWithSecrets = (program: Program, { secretSettings }: SettingsOf): Record<string, string> => {
  const readsFile = program.container.args.some((arg) => ENV_FILE.test(arg))
  return { ...program.environment, ...(readsFile && secretSettings[program.part]) }
}

/** Of a variable that no loader reads: whether the container's own command line or another variable does. */
const isUsedBesides = (name: string, { part, container }: Program): boolean =>
  readByAll.includes(name) ||
  readByPart[part]?.includes(name) === true ||
  [...container.command, ...container.args].some((text) => new RegExp(`\\$\\{?${name}\\b`).test(text)) ||
  container.env.some(({ value }) => value?.includes(`$(${name})`) === true)

type Loader = { readonly module: string; readonly load: string }

const CALL = /\b(load\w*Config)\(process\.env\)/
const SOURCE = /from '(\.\.?\/config\.ts)'/

/** The loader that a program calls, where it is in a file of its own. */
const loaderOf = ({ entry }: Program, root: string): Loader | undefined => {
  if (entry === undefined) return undefined
  if (entry === 'web/server.js') return { module: 'web/src/config.ts', load: 'parseConfig' }
  const source = readFileSync(join(root, entry), 'utf8')
  const [load, path] = [CALL.exec(source)?.[1], SOURCE.exec(source)?.[1]]
  return load === undefined || path === undefined ? undefined : { module: normalize(join(dirname(entry), path)), load }
}

// One process for all of them: to start one takes longer than what it is asked.
const script = `
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
const answers = []
for (const { module, load, environment } of JSON.parse(await text(process.stdin))) {
  const loader = (await import(pathToFileURL(module).href))[load]
  try {
    loader(environment)
    answers.push('')
  } catch (error) {
    answers.push(error.message)
  }
}
process.stdout.write(JSON.stringify(answers))
`

const answers = z.array(z.string())

const askLoaders = async (
  root: string,
  questions: readonly (Loader & { readonly environment: Readonly<Record<string, string>> })[],
): Promise<string[]> => {
  const { exitCode, stdout, stderr } = await execa(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    input: JSON.stringify(questions.map((question) => ({ ...question, module: join(root, question.module) }))),
    reject: false,
  })
  if (exitCode === 0) return answers.parse(JSON.parse(stdout))
  throw new PlatformError('The loaders of settings could not be asked.', { logLines: stderr.split('\n') })
}

const PROBE = 'ONLY_TO_BE_REFUSED'

/** What an entry file says against its variables, beside the one that is made to be refused. */
const askEntry = async (
  root: string,
  program: Program,
  environment: Readonly<Record<string, string>>,
): Promise<string> => {
  const probe = `${prefixOf(program)}_${PROBE}`
  const { stderr, timedOut } = await execa(process.execPath, [join(root, program.entry ?? '')], {
    cwd: root,
    env: { ...environment, [probe]: 'x' },
    extendEnv: false,
    reject: false,
    timeout: 30_000,
    stdin: 'ignore',
  })
  if (timedOut || !stderr.includes(probe)) return `it takes ${probe}, which nobody reads: ${stderr.slice(0, 400)}`
  const faults = stderr.split('\n').filter((line) => line.startsWith('  ') && !line.includes(probe))
  return faults.join('\n')
}

const AT_ONCE = 3

/** A few at a time; what differs between services by their name alone is asked once. */
const askEntries = async (root: string, questions: readonly (readonly [Program, Record<string, string>])[]) => {
  const keyOf = ([program, environment]: (typeof questions)[number]) =>
    JSON.stringify([program.entry, environment]).replaceAll(program.part, 'PART')
  const waiting = [...new Map(questions.map((question) => [keyOf(question), question]))]
  const said = new Map<string, string>()
  const work = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [key, [program, environment]] = next
      said.set(key, await askEntry(root, program, environment))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return questions.map((question) => said.get(keyOf(question)) ?? '')
}

/** Each program of ours gets the variables that it reads, all that it needs, and no others. */
export const findWrongSettings = async (
  objects: readonly KubernetesObject[],
  options: SettingsOf,
): Promise<Finding[]> => {
  const { root } = options
  const programs = programsOf(objects, () => 'x')
  const found = ({ workload, container }: Program, problem: string): Finding => ({
    rule: 'settings',
    object: nameOf(workload.object),
    problem: `${container.name}: ${problem}`,
  })
  const idle = programs.flatMap((program) =>
    Object.keys(program.environment)
      .filter((name) => program.entry === undefined || !name.startsWith(`${prefixOf(program)}_`))
      .filter((name) => !isUsedBesides(name, program))
      .map((name) => found(program, `nobody reads ${name}`)),
  )
  const asked = programs
    .filter(({ entry }) => entry !== undefined)
    .map((program) => ({
      program,
      environment: environmentWithSecrets(program, options),
      loader: loaderOf(program, root),
    }))
  const byLoader = asked.flatMap(({ program, environment, loader }) =>
    loader ? [{ program, environment, ...loader }] : [],
  )
  const byEntry = asked.filter(({ loader }) => loader === undefined)
  const [ofLoaders, ofEntries] = await Promise.all([
    askLoaders(
      root,
      byLoader.map(({ module, load, environment }) => ({ module, load, environment })),
    ),
    askEntries(
      root,
      byEntry.map(({ program, environment }) => [program, environment] as const),
    ),
  ])
  const said = [
    ...byLoader.map(({ program }, index) => [program, ofLoaders[index] ?? ''] as const),
    ...byEntry.map(({ program }, index) => [program, ofEntries[index] ?? ''] as const),
  ]
  return [...idle, ...said.flatMap(([program, faults]) => (faults === '' ? [] : [found(program, faults.trim())]))]
}
