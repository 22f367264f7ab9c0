import { helmProgram, kubectlProgram } from '../binaries/helm-kubectl.ts'
import { runCommand } from '../run-command.ts'
import { type KubernetesObject, parseObjects } from './objects.ts'
import { APP_NAMESPACE, chartIn, overlayIn, SERVICES, type ServiceName, valuesFilesOf } from './releases.ts'

/** What `kubectl apply --kustomize` of a directory would bring. */
export const renderKustomization = async (directory: string): Promise<KubernetesObject[]> =>
  parseObjects(await runCommand(kubectlProgram(), ['kustomize', directory], { cwd: directory }))

/** What the release of a service would bring, its hooks and tests included. */
export const renderRelease = async (
  root: string,
  environment: string,
  service: ServiceName,
): Promise<KubernetesObject[]> => {
  const values = valuesFilesOf(root, environment, service).flatMap((file) => ['--values', file])
  // Without a cluster to ask, helm would take the resource definitions for absent.
  const options = ['--namespace', APP_NAMESPACE, '--api-versions', 'monitoring.coreos.com/v1']
  return parseObjects(
    await runCommand(helmProgram(), ['template', service, chartIn(root), ...options, ...values], { cwd: root }),
  )
}

/** Everything that an environment is made of: its overlay and the four releases. */
export const renderEnvironment = async (root: string, environment: string): Promise<KubernetesObject[]> => {
  const parts = await Promise.all([
    renderKustomization(overlayIn(root, environment)),
    ...SERVICES.map((service) => renderRelease(root, environment, service)),
  ])
  return parts.flat()
}
