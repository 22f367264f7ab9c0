/*
 * Vault of several nodes has to be initialised once, by a person, who then holds its recovery keys. vault-init, which makes
 * its logins and settings, needs the root token for one run; at all other times that token should not exist.
 */
import { z } from 'zod'
import { PlatformError } from '../../failure.ts'
import { askedAgain, waitUntilReady } from '../../probe.ts'
import type { Cluster } from '../cluster.ts'
import type { KubernetesObject } from '../objects.ts'
import { isJob } from './manifests.ts'

type Work = { readonly cluster: Cluster; readonly signal?: AbortSignal | undefined }

const IN_NAMESPACE = ['--namespace', 'neotool-security'] as const

const hasRootToken = async ({ cluster, signal }: Work): Promise<boolean> =>
  (await cluster.kubectl(['get', 'secret/vault-root', ...IN_NAMESPACE, '--ignore-not-found', '-o', 'name'], {
    signal,
  })) !== ''

/** The objects without the Job that would wait in vain for a root token that is not there. */
export const withoutVaultInit = async (
  work: Work,
  objects: readonly KubernetesObject[],
): Promise<readonly KubernetesObject[]> =>
  (await hasRootToken(work)) ? objects : objects.filter((each) => !(isJob(each) && each.metadata.name === 'vault-init'))

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
  await waitUntilReady('Vault', askedAgain(ask, signal), {
    withinMs: ANSWERS_WITHIN_MS,
    everyMs: 2_000,
    ...(signal && { signal }),
  })
  if (isInitialised) return
  throw new PlatformError('Vault is new and has to be initialised: only you can do that, for you will hold its keys.', {
    logLines: [
      'kubectl exec -n neotool-security vault-0 -- vault operator init',
      'kubectl create secret generic -n neotool-security vault-root --from-literal=token=THE_ROOT_TOKEN',
    ],
    advice:
      'Run these two, keep the recovery keys apart from the cluster, then go on: --from manifests. Afterwards remove the ' +
      'Secrets vault-root and service-settings: infra/kubernetes/README.md, "Vault".',
  })
}
