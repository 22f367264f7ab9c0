/*
 * Vault of several nodes has to be initialised once, by a person, who then holds its recovery keys. vault-init, which makes
 * its logins and settings, needs the root token for one run; at all other times that token should not exist. Once it has run,
 * Vault has what service-settings holds, and nothing else needs it.
 */
import { z } from 'zod'
import { PlatformError } from '../../failure.ts'
import { untilAnswered } from '../../probe.ts'
import type { Cluster } from '../cluster.ts'
import type { KubernetesObject } from '../objects.ts'
import { hasCompleted, isJob } from './manifests.ts'

type Work = { readonly cluster: Cluster; readonly signal?: AbortSignal | undefined }

const IN_NAMESPACE = ['--namespace', 'neotool-security'] as const

const hasRootToken = async ({ cluster, signal }: Work): Promise<boolean> =>
  (await cluster.kubectl(['get', 'secret/vault-root', ...IN_NAMESPACE, '--ignore-not-found', '-o', 'name'], {
    signal,
  })) !== ''

const isVaultInit = (object: KubernetesObject): boolean => isJob(object) && object.metadata.name === 'vault-init'

/** The objects without the Job that would wait in vain for a root token that is not there. */
export const withoutVaultInit = async (
  work: Work,
  objects: readonly KubernetesObject[],
): Promise<readonly KubernetesObject[]> =>
  (await hasRootToken(work)) ? objects : objects.filter((each) => !isVaultInit(each))

const filled = z.looseObject({ data: z.record(z.string(), z.unknown()).default({}) })

const hasSettings = async ({ cluster, signal }: Work): Promise<boolean> => {
  const args = ['get', 'secret/service-settings', ...IN_NAMESPACE, '--ignore-not-found', '-o', 'json']
  const text = await cluster.kubectl(args, { signal })
  return text.trim() !== '' && Object.keys(filled.parse(JSON.parse(text)).data).length > 0
}

// Emptied and not removed: its absence would have other keys made, which do not open what is there.
const EMPTY = JSON.stringify([{ op: 'replace', path: '/data', value: {} }])

/** Takes from the cluster what only vault-init needed, where it was among the objects and has done its work. */
export const clearVaultSecrets = async (
  work: Work,
  objects: readonly KubernetesObject[],
): Promise<string | undefined> => {
  const { cluster, signal } = work
  const init = objects.find(isVaultInit)
  if (init === undefined || !(await hasCompleted(work, init))) return undefined
  // The token last: a deployment that is interrupted here does both when it is repeated.
  if (await hasSettings(work)) {
    const args = ['patch', 'secret/service-settings', ...IN_NAMESPACE, '--type=json', '--patch', EMPTY]
    await cluster.kubectl(args, { signal })
  }
  await cluster.kubectl(['delete', 'secret/vault-root', ...IN_NAMESPACE, '--ignore-not-found'], { signal })
  return 'Vault has the settings: service-settings emptied, vault-root removed'
}

/** One line for each Secret that opens what Vault keeps, and that a cluster with a Vault of its own should not have. */
export const vaultSecretsLeft = async (work: Work): Promise<readonly string[]> => [
  ...((await hasRootToken(work))
    ? ['Secret neotool-security/vault-root is there: deploy --from manifests removes it once vault-init has run']
    : []),
  ...((await hasSettings(work))
    ? [
        'Secret neotool-security/service-settings is not empty: infra/kubernetes/README.md, "Vault", says how to empty it',
      ]
    : []),
]

const ANSWERS_WITHIN_MS = 300_000
const status = z.looseObject({ initialized: z.boolean() })
// It exits with 2 while it is sealed, and that is an answer too.
const ASK = 'vault status -format=json || true'

/** Fails, with the commands for it, where Vault has never been initialised. */
export const assertVaultIsOpen = async (work: Work, objects: readonly KubernetesObject[]): Promise<void> => {
  const isOurs = objects.some(({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === 'vault')
  if (!isOurs || (await hasRootToken(work))) return
  const { cluster, signal } = work
  let isInitialised = false
  const ask = async () => {
    const command = ['exec', 'vault-0', ...IN_NAMESPACE, '--container', 'vault', '--', 'sh', '-c', ASK]
    const text = await cluster.kubectl(command, { signal })
    isInitialised = status.parse(JSON.parse(text)).initialized
  }
  await untilAnswered('Vault', ask, { withinMs: ANSWERS_WITHIN_MS, signal })
  if (isInitialised) return
  throw new PlatformError('Vault is new and has to be initialised: only you can do that, for you will hold its keys.', {
    logLines: [
      'kubectl exec -n neotool-security vault-0 -- vault operator init',
      // By standard input: any process can read a command line, and the shell would remember it.
      'read -rs TOKEN && printf %s "$TOKEN" | kubectl create secret generic -n neotool-security vault-root --from-file=token=/dev/stdin',
    ],
    advice:
      'Run these two, keep the recovery keys apart from the cluster, then go on: --from manifests. That removes the root token ' +
      'from the cluster again; revoke it afterwards: infra/kubernetes/README.md, "Vault".',
  })
}
