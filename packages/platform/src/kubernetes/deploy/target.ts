/** What is deployed where: an environment as its file and the folders of infra/ have it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PlatformError } from '../../failure.ts'
import { exampleValuesIn, findDrift } from '../derive.ts'
import { clientSecretsOf } from '../derive-kustomization.ts'
import { type EnvironmentKind, readEnvironmentFile } from '../environment-file.ts'
import { type ServiceName, valuesFilesOf } from '../releases.ts'

export type DeploymentTarget = {
  readonly root: string
  readonly name: string
  /** Whose bootstrap Secrets it needs. */
  readonly kind: EnvironmentKind
  /** The ids of the identity providers whose client secrets it needs too. */
  readonly clientSecrets: readonly string[]
  /** The kustomization to apply. */
  readonly overlay: string
  readonly valuesFilesOf: (service: ServiceName) => readonly string[]
  /** The root module of its machines; none where somebody else has them. */
  readonly terraform?: string | undefined
}

/** Finds an environment; fails with the names of those that are there, or with every fault of its file. */
export const findTarget = (root: string, environment: string): DeploymentTarget => {
  const known = readEnvironmentFile(root, environment)
  const { name, kind, places } = known
  const terraform = places.terraform === undefined ? undefined : join(root, places.terraform)
  return {
    root,
    name,
    kind,
    clientSecrets: clientSecretsOf(known),
    overlay: join(root, places.overlay),
    valuesFilesOf: (service) => valuesFilesOf(root, known, service),
    terraform: terraform !== undefined && existsSync(terraform) ? terraform : undefined,
  }
}

/** Fails where what would be deployed is not what the environment's file says, or where that still has values of an example. */
export const assertConfigured = ({ root, name, kind }: DeploymentTarget): void => {
  const environment = readEnvironmentFile(root, name)
  const drift = findDrift(root, environment)
  if (drift.length > 0) {
    throw new PlatformError(`What was derived from the file of ${name} is not what it says. Nothing was done.`, {
      logLines: drift,
      advice: `./neotool config generate ${name}, look at what it has changed, and run this again.`,
    })
  }
  const examples = kind === 'local' ? [] : exampleValuesIn(environment)
  if (examples.length === 0) return
  throw new PlatformError(`The file of ${name} still has values of an example. Nothing was done.`, {
    logLines: examples,
    advice: `Put your own into ${environment.places.file}, then ./neotool config generate ${name}.`,
  })
}
