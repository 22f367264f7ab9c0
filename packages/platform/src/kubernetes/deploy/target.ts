/** What is deployed where: an environment by its name, as the folders of infra/ have it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PlatformError } from '../../failure.ts'
import { ENVIRONMENTS, type EnvironmentName, overlayIn, type ServiceName, valuesFilesOf } from '../releases.ts'

export type DeploymentTarget = {
  readonly root: string
  readonly name: string
  /** The kustomization to apply. */
  readonly overlay: string
  readonly valuesFilesOf: (service: ServiceName) => readonly string[]
  /** The root module of its machines; none where somebody else has them. */
  readonly terraform?: string | undefined
  /** Whose bootstrap Secrets it needs. */
  readonly secrets: EnvironmentName
}

/** Finds an environment; fails with the names of those that are there. */
export const findTarget = (root: string, name: string): DeploymentTarget => {
  const known = ENVIRONMENTS.find((each) => each === name)
  if (name === 'cluster-test') {
    const directory = join(root, 'tests/cluster')
    return {
      root,
      name,
      overlay: join(directory, 'overlay'),
      valuesFilesOf: (service) => [...valuesFilesOf(root, 'local', service), join(directory, 'values.yaml')],
      secrets: 'local',
    }
  }
  if (known === undefined) {
    throw new PlatformError(`There is no environment "${name}".`, {
      reason: 'usage',
      advice: `One of: ${ENVIRONMENTS.join(', ')}`,
    })
  }
  const terraform = join(root, 'infra/terraform/environments', name)
  return {
    root,
    name,
    overlay: overlayIn(root, name),
    valuesFilesOf: (service) => valuesFilesOf(root, name, service),
    terraform: existsSync(terraform) ? terraform : undefined,
    secrets: known,
  }
}
