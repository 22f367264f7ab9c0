/** For tests: what the chart makes for a service, as far as anybody looks at it. */

export type Item = {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly spec?: Readonly<Record<string, unknown>>
  readonly [key: string]: unknown
}
const metadataOf = (name: string) => ({ name, namespace: 'neotool-app' })

export const deploymentOf = (name: string, tag: string): Item => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: metadataOf(name),
  spec: { replicas: 1, template: { spec: { containers: [{ name: 'main', image: `neotool/${name}:${tag}` }] } } },
})

export const autoscalerOf = (name: string): Item => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: metadataOf(name),
  spec: { minReplicas: 2, maxReplicas: 10 },
})
