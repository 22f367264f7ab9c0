/** Manifests as values: what `kubectl kustomize` and `helm template` print, read into objects. */
import { parseAllDocuments, stringify } from 'yaml'
import { z } from 'zod'

const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
})

export type KubernetesObject = z.infer<typeof manifest>

/** The objects of a YAML stream; throws where a document is no Kubernetes object. */
export const parseObjects = (yaml: string): KubernetesObject[] =>
  [...parseAllDocuments(yaml)].flatMap((document) => {
    const value: unknown = document.toJS()
    return value === null ? [] : [manifest.parse(value)]
  })

/** One YAML stream of the objects, in YAML 1.1: to what Kubernetes is written in, a bare `off` is no text. */
export const toYaml = (objects: readonly KubernetesObject[]): string =>
  objects.map((object) => stringify(object, { aliasDuplicateObjects: false, version: '1.1' })).join('---\n')

/** `Deployment neotool-web/gateway`, for messages. */
export const nameOf = ({ kind, metadata: { namespace, name } }: KubernetesObject): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`
