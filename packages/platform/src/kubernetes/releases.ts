/** The Helm releases of the four services: what each of them is given, wherever it is installed or looked at. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export const SERVICES = ['security', 'app', 'assets', 'assistant'] as const

export type ServiceName = (typeof SERVICES)[number]

export const APP_NAMESPACE = 'neotool-app'

export const ENVIRONMENTS = ['local', 'prod'] as const

export type EnvironmentName = (typeof ENVIRONMENTS)[number]

export const chartIn = (root: string): string => join(root, 'infra/helm/neotool-service')

export const overlayIn = (root: string, environment: string): string =>
  join(root, 'infra/kubernetes/overlays', environment)

/** The file with the tags of all images of an environment, which Kustomize and Helm both read. */
export const imagesFileIn = (root: string, environment: string): string =>
  join(overlayIn(root, environment), 'images/kustomization.yaml')

/** The values files of a release, the weaker before the stronger. */
export const valuesFilesOf = (root: string, environment: string, service: ServiceName): string[] => {
  const values = (name: string) => join(root, 'infra/helm/values', name)
  const own = [values(`${environment}.yaml`), values(`${service}.yaml`), values(`${service}.${environment}.yaml`)]
  // Only what differs has a file.
  return [...own.filter(existsSync), imagesFileIn(root, environment)]
}
