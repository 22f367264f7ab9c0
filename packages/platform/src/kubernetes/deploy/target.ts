/** What is deployed where: an environment as its file and the folders of infra/ have it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type EnvironmentKind, readEnvironmentFile } from '../environment-file.ts'
import { type ServiceName, valuesFilesOf } from '../releases.ts'

export type DeploymentTarget = {
  readonly root: string
  readonly name: string
  /** Whose bootstrap Secrets it needs. */
  readonly kind: EnvironmentKind
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
    overlay: join(root, places.overlay),
    valuesFilesOf: (service) => valuesFilesOf(root, known, service),
    terraform: terraform !== undefined && existsSync(terraform) ? terraform : undefined,
  }
}
