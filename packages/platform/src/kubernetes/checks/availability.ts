/*
 * What keeps pods there while nodes and load come and go: autoscalers within the numbers of the environment's file, and disruption
 * budgets that protect without ever holding up a drain.
 */
import { z } from 'zod'
import { isSelected, type Workload, workloadsOf } from '../model.ts'
import { type KubernetesObject, nameOf } from '../objects.ts'
import { APP_NAMESPACE } from '../releases.ts'
import type { Finding } from './finding.ts'

const scaledResource = z.looseObject({
  name: z.string(),
  target: z.looseObject({ type: z.string(), averageUtilization: z.int().optional() }),
})
const autoscaler = z.looseObject({
  spec: z.looseObject({
    scaleTargetRef: z.looseObject({ kind: z.string(), name: z.string() }),
    minReplicas: z.int().default(1),
    maxReplicas: z.int(),
    metrics: z.array(z.looseObject({ resource: scaledResource.optional() })).default([]),
    behavior: z.looseObject({}).optional(),
  }),
})

export type Autoscaler = {
  readonly object: KubernetesObject
  readonly target: Workload | undefined
  readonly least: number
  readonly most: number
  readonly spec: z.output<typeof autoscaler>['spec']
}

/** The autoscalers of a set of manifests, with what they scale. */
export const autoscalersOf = (objects: readonly KubernetesObject[]): Autoscaler[] => {
  const workloads = workloadsOf(objects)
  return objects
    .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
    .map((object) => {
      const { spec } = autoscaler.parse(object)
      const { kind, name } = spec.scaleTargetRef
      const target = workloads.find(
        (each) =>
          each.object.kind === kind &&
          each.object.metadata.name === name &&
          each.namespace === object.metadata.namespace,
      )
      return { object, target, least: spec.minReplicas, most: spec.maxReplicas, spec }
    })
}

/** The fewest pods of a workload that there are on purpose. */
export const fewestPods = (workload: Workload, autoscalers: readonly Autoscaler[]): number =>
  autoscalers.find(({ target }) => target?.object === workload.object)?.least ?? workload.replicas ?? 1

/** How few and how many pods each service may have, by the environment's file. */
export type ServiceScale = { readonly min: number; readonly max: number }

const UTILISATION_PERCENT = 80

const problemsOfScaling = (scaler: Autoscaler, scale: ServiceScale): string[] => {
  const { object, target, least, most, spec } = scaler
  const problems: string[] = []
  if (least > most) problems.push(`its minimum of ${least} is above its maximum of ${most}`)
  const isService = object.metadata.namespace === APP_NAMESPACE
  if (isService && (least !== scale.min || most !== scale.max))
    problems.push(`it scales from ${least} to ${most}, and the environment's file says ${scale.min} to ${scale.max}`)
  for (const name of ['cpu', 'memory']) {
    const metric = spec.metrics.find(({ resource }) => resource?.name === name)?.resource
    const percent = metric?.target.averageUtilization
    if (isService && percent !== UTILISATION_PERCENT)
      problems.push(`it scales at ${percent ?? 'no'} % of ${name}, and the design says ${UTILISATION_PERCENT}`)
    // Without a request there is nothing that a percentage could be of.
    if (metric !== undefined && target?.pod.containers.some(({ resources }) => !(name in resources.requests)))
      problems.push(`a container of ${nameOf(target.object)} requests no ${name}, so its use cannot be measured`)
  }
  if (isService && spec.behavior === undefined) problems.push('it does not say how fast it scales: behavior')
  if (target?.replicas !== undefined)
    problems.push(`${nameOf(target.object)} sets replicas: each time it is applied, it undoes what this has chosen`)
  return problems
}

/** Autoscalers are within the environment's numbers, and nobody but them says how many pods there are. */
export const findWrongScaling = (objects: readonly KubernetesObject[], scale: ServiceScale): Finding[] =>
  autoscalersOf(objects).flatMap((scaler) =>
    problemsOfScaling(scaler, scale).map((problem) => ({
      rule: 'scaling',
      object: nameOf(scaler.object),
      problem,
    })),
  )

const amount = z.union([z.int(), z.string()]).optional()
const budget = z.looseObject({
  spec: z.looseObject({
    minAvailable: amount,
    maxUnavailable: amount,
    selector: z.looseObject({ matchLabels: z.record(z.string(), z.string()).default({}) }),
  }),
})

/** How many of `pods` an amount is; Kubernetes rounds percentages up. */
const countOf = (value: number | string, pods: number): number =>
  typeof value === 'number' ? value : Math.ceil((Number.parseFloat(value) / 100) * pods)

/** A budget always lets a drain take one pod away, and what is replicated has one. */
export const findWrongBudgets = (objects: readonly KubernetesObject[]): Finding[] => {
  const autoscalers = autoscalersOf(objects)
  const workloads = workloadsOf(objects)
  const budgets = objects
    .filter(({ kind }) => kind === 'PodDisruptionBudget')
    .map((object) => {
      const { selector, minAvailable, maxUnavailable } = budget.parse(object).spec
      const covered = workloads.filter(
        ({ namespace, labels }) => namespace === object.metadata.namespace && isSelected(selector.matchLabels, labels),
      )
      return { object, covered, minAvailable, maxUnavailable }
    })
  const blocking = budgets.flatMap(({ object, covered, minAvailable, maxUnavailable }) =>
    covered.flatMap((workload) => {
      const pods = fewestPods(workload, autoscalers)
      const mayGo =
        maxUnavailable === undefined ? pods - countOf(minAvailable ?? 1, pods) : countOf(maxUnavailable, pods)
      if (mayGo >= 1) return []
      return [{ rule: 'drain', object: nameOf(object), problem: `with ${pods} pods it blocks every drain of a node` }]
    }),
  )
  const unprotected = workloads
    // CloudNativePG makes the budgets of its own pods.
    .filter(({ object, isOfOperator }) => ['Deployment', 'StatefulSet'].includes(object.kind) && !isOfOperator)
    .filter((workload) => fewestPods(workload, autoscalers) > 1)
    .filter((workload) => !budgets.some(({ covered }) => covered.includes(workload)))
    .map(({ object }) => ({
      rule: 'drain',
      object: nameOf(object),
      problem: 'it has several pods and no budget: a drain may take all of them at once',
    }))
  return [...blocking, ...unprotected]
}
