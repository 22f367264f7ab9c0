/*
 * Makes the bootstrap Secrets that a cluster lacks. Each is created whole or not at all and never changed, so a run that was
 * interrupted is continued by the next one. Values go by standard input: on a command line any process could read them.
 */
import { readFile } from 'node:fs/promises'
import { execa } from 'execa'
import { z } from 'zod'
import { messageOf, PlatformError } from '../failure.ts'
import type { Cluster } from './cluster.ts'
import type { EnvironmentKind } from './environment-file.ts'
import {
  type BootstrapSecret,
  bootstrapSecrets,
  type GivenAccounts,
  NO_MAIL_SERVER,
  type SecretData,
} from './secrets-table.ts'

export type SecretOutcome = Pick<BootstrapSecret, 'namespace' | 'name'> & {
  /** `yours`: it is not there, and only a person can make it. */
  readonly state: 'made' | 'kept' | 'yours'
  readonly note: string
}

type Work = {
  readonly cluster: Pick<Cluster, 'kubectl'>
  readonly environment: EnvironmentKind
  /** The identity providers whose client secrets the web needs. */
  readonly clientSecrets?: readonly string[]
  readonly given?: GivenAccounts
  readonly signal?: AbortSignal
}

/** Fails with advice unless the program kubectl can be started. */
export const assertKubectl = async (program: string): Promise<void> => {
  const { exitCode } = await execa(program, ['version', '--client'], { reject: false })
  if (exitCode !== undefined) return
  throw new PlatformError('Clusters are reached by kubectl, and kubectl was not found.', {
    reason: 'prerequisite',
    advice: 'Install it (https://kubernetes.io/docs/tasks/tools) so that kubectl is on the PATH, and run this again.',
  })
}

/** Makes what is missing of an environment's bootstrap Secrets and tells of each; what is there stays as it is. */
export const ensureBootstrapSecrets = async (work: Work): Promise<readonly SecretOutcome[]> => {
  const table = bootstrapSecrets(work.environment, work.clientSecrets)
  await assertNamespaces(work, [...new Set(table.map(({ namespace }) => namespace))])
  const present = new Map<string, SecretData>()
  for (const secret of table) {
    const data = await read(work, secret)
    if (data !== undefined) present.set(secret.name, data)
  }
  // Before anything is made: what is missing must be possible to make.
  for (const secret of table) assertMakeable(work, secret, present)
  const outcomes: SecretOutcome[] = []
  for (const secret of table) outcomes.push(await ensure(work, secret, present))
  return outcomes
}

const assertNamespaces = async ({ cluster, signal }: Work, namespaces: readonly string[]): Promise<void> => {
  const output = await cluster.kubectl(['get', 'namespace', ...namespaces, '--ignore-not-found', '-o', 'name'], {
    signal,
  })
  const there = output.split('\n').map((line) => line.replace('namespace/', '').trim())
  const missing = namespaces.filter((name) => !there.includes(name))
  if (missing.length === 0) return
  // Not made here: their labels say what pods may do in them.
  throw new PlatformError(`The cluster has no namespace ${missing.join(', ')}.`, {
    advice: 'Make them: kubectl apply --server-side -k infra/kubernetes/base/namespaces. Then run this again.',
  })
}

const stored = z.object({ data: z.record(z.string(), z.string()).default({}) })

const read = async ({ cluster, signal }: Work, secret: BootstrapSecret): Promise<SecretData | undefined> => {
  const { namespace, name, keys } = secret
  const args = ['get', 'secret', name, '--namespace', namespace, '--ignore-not-found', '--output', 'json']
  const output = await cluster.kubectl(args, { signal }).catch((error: unknown) => {
    signal?.throwIfAborted()
    throw new PlatformError(`Secret ${namespace}/${name} could not be read.`, faultOf(error))
  })
  if (output.trim() === '') return undefined
  const data = Object.fromEntries(
    Object.entries(stored.parse(JSON.parse(output)).data).map(([key, value]) => [
      key,
      Buffer.from(value, 'base64').toString('utf8'),
    ]),
  )
  const missing = keys.filter((key) => !data[key])
  if (missing.length === 0 || (secret.mayBeEmptied && Object.keys(data).length === 0)) return data
  throw new PlatformError(`Secret ${namespace}/${name} is there without ${missing.join(', ')}. Nothing was made.`, {
    advice: `Somebody else made it: add what is missing, or have it made anew: kubectl delete secret -n ${namespace} ${name}`,
  })
}

/** What kubectl complains of, without what it has printed of an object: that is secret. */
const faultOf = (error: unknown): { logLines: readonly string[]; advice?: string } => {
  if (!(error instanceof PlatformError)) return { logLines: [messageOf(error)] }
  const logLines = error.logLines.filter((line) => /^[^\s{}]/.test(line))
  return { logLines, ...(error.advice !== undefined && { advice: error.advice }) }
}

const assertMakeable = (
  { environment, given = {} }: Work,
  { namespace, name, from, make }: BootstrapSecret,
  present: ReadonlyMap<string, SecretData>,
): void => {
  const lost = from.filter((source) => !present.has(source))
  if (present.has(name) && lost.length > 0) {
    throw new PlatformError(
      `${name} was made from ${lost.join(', ')}, which is not there any more. Nothing was made.`,
      {
        advice:
          `Bring it back with the values that are in Secret ${namespace}/${name}. To have new ones made, which whoever uses ` +
          `the old ones must be told of: kubectl delete secret -n ${namespace} ${name}`,
      },
    )
  }
  if (name !== 'service-settings' || present.has(name) || make === undefined || environment === 'local') return
  const missing = [
    ...(given.smtpUrl === undefined ? ['--smtp-url-file FILE'] : []),
    ...(given.s3 === undefined ? ['--s3-keys-file FILE'] : []),
  ]
  if (missing.length === 0) return
  throw new PlatformError('In production the mail server and the object storage must be given. Nothing was made.', {
    reason: 'usage',
    advice: `Give ${missing.join(' and ')}; ./neotool help secrets bootstrap says what is in them.`,
  })
}

const ensure = async (
  work: Work,
  secret: BootstrapSecret,
  present: Map<string, SecretData>,
): Promise<SecretOutcome> => {
  const { namespace, name, make, advice = '' } = secret
  if (present.has(name)) return { namespace, name, state: 'kept', note: '' }
  if (make === undefined) return { namespace, name, state: 'yours', note: advice }
  const data = make(present, work.given ?? {})
  if (await create(work, secret, data)) {
    present.set(name, data)
    return { namespace, name, state: 'made', note: noteOf(secret, work) }
  }
  // Somebody else was faster.
  const theirs = await read(work, secret)
  if (theirs === undefined)
    throw new PlatformError(`Secret ${namespace}/${name} was made and removed just now. Run this again.`)
  present.set(name, theirs)
  return { namespace, name, state: 'kept', note: '' }
}

/** False where there is one already. */
const create = async ({ cluster, signal }: Work, secret: BootstrapSecret, data: SecretData): Promise<boolean> => {
  const { namespace, name, type, labels } = secret
  const object = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace, name, labels },
    type,
    data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')])),
  }
  try {
    await cluster.kubectl(['create', '--filename', '-', '--output', 'name'], { input: JSON.stringify(object), signal })
    return true
  } catch (error) {
    signal?.throwIfAborted()
    const fault = faultOf(error)
    if (fault.logLines.some((line) => line.includes('(AlreadyExists)'))) return false
    throw new PlatformError(`Secret ${namespace}/${name} could not be made; those before it are there.`, fault)
  }
}

const noteOf = ({ name }: BootstrapSecret, { environment, given = {} }: Work): string => {
  if (name !== 'service-settings') return ''
  const mail =
    environment === 'local' && given.smtpUrl === undefined
      ? `no mail server (${NO_MAIL_SERVER}): nobody gets mail; `
      : ''
  return `${mail}where Vault has settings already, it keeps those`
}

const s3Keys = z.strictObject({ accessKeyId: z.string().min(1), secretAccessKey: z.string().min(1) })

/** Reads the accounts from the files that a person has given; what is in them is never shown. */
export const readGivenAccounts = async ({
  smtpUrlFile,
  s3KeysFile,
}: {
  readonly smtpUrlFile?: string | undefined
  readonly s3KeysFile?: string | undefined
}): Promise<GivenAccounts> => {
  const smtpUrl = smtpUrlFile === undefined ? undefined : (await readText(smtpUrlFile)).trim()
  // As the security service will have it.
  if (smtpUrl !== undefined && !/^smtps?:\/\/[^/\s]+\S*$/.test(smtpUrl)) {
    throw wrongFile(smtpUrlFile, 'one line: smtp://host:port or smtps://user:password@host')
  }
  if (s3KeysFile === undefined) return { smtpUrl }
  const { success, data } = s3Keys.safeParse(parseJson(await readText(s3KeysFile)))
  if (!success) throw wrongFile(s3KeysFile, '{"accessKeyId": "…", "secretAccessKey": "…"}')
  return { smtpUrl, s3: data }
}

const readText = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new PlatformError(`${file} cannot be read: ${messageOf(cause)}`, { reason: 'usage' })
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const wrongFile = (file: string | undefined, content: string): PlatformError =>
  new PlatformError(`${file} must hold ${content}`, { reason: 'usage' })
