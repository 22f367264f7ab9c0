/** The Helm releases of the four services: what each of them is given, wherever it is installed or looked at. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Environment, readEnvironmentFile } from './environment-file.ts'

export const SERVICES = ['security', 'app', 'assets', 'assistant'] as const

export type ServiceName = (typeof SERVICES)[number]

export const APP_NAMESPACE = 'neotool-app'

export const chartIn = (root: string): string => join(root, 'infra/helm/neotool-service')

export const overlayIn = (root: string, environment: string): string =>
  join(root, 'infra/kubernetes/overlays', environment)

/** The file with the tags of all images of an environment, which Kustomize and Helm both read; a thin one may have no own. */
export const imagesFileIn = (root: string, environment: string | Environment): string => {
  const { places, kind } = read(root, environment)
  const own = join(root, places.overlay, 'images/kustomization.yaml')
  return existsSync(own) ? own : join(overlayIn(root, kind), 'images/kustomization.yaml')
}

const read = (root: string, environment: string | Environment): Environment =>
  typeof environment === 'string' ? readEnvironmentFile(root, environment) : environment

/** The values files of a release that people write, the weaker before the stronger. Only what differs has a file. */
export const handWrittenValuesOf = (root: string, { name, kind }: Environment, service: ServiceName): string[] => {
  const values = (file: string) => join(root, 'infra/helm/values', `${file}.yaml`)
  const shared = [...new Set([kind, name])]
  return [...shared.map(values), values(service), ...shared.map((each) => values(`${service}.${each}`))].filter(
    existsSync,
  )
}

/** The values files of a release, the weaker before the stronger: what people write, what follows from the environment's file, images. */
export const valuesFilesOf = (root: string, environment: string | Environment, service: ServiceName): string[] => {
  const known = read(root, environment)
  return [
    ...handWrittenValuesOf(root, known, service),
    join(root, known.places.values, `${service}.yaml`),
    imagesFileIn(root, known),
  ]
}
