/** Which file a container of ours starts, and with which variables. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Container, containersOf, type Workload, workloadsOf } from '../model.ts'
import { type KubernetesObject, nameOf } from '../objects.ts'
import { environmentOf } from './environment-of.ts'
import type { Finding } from './finding.ts'
import { imageNameOf } from './images.ts'

export type Program = {
  readonly workload: Workload
  readonly container: Container
  /** The part of Neotool whose image it is: `app`, `web` … */
  readonly part: string
  /** From the root of the checkout, as in the image; none for a text that is given to node. */
  readonly entry: string | undefined
  /** As far as manifests say them; those of a file that node reads are not among them. */
  readonly environment: Readonly<Record<string, string>>
}

const ENTRY = /^(services|packages|gateway|web)\/\S+\.[mc]?[jt]s$/

/** What the images of these parts start by themselves. */
const presets: Readonly<Record<string, string>> = { gateway: 'gateway/src/main.ts', web: 'web/server.js' }

const entryOf = ({ command, args }: Container, part: string): string | undefined => {
  const words = [...command, ...args]
  return words.length === 0 ? presets[part] : words.find((word) => ENTRY.test(word))
}

/** The containers that run an image of ours. */
export const programsOf = (objects: readonly KubernetesObject[], unknown: (name: string) => string): Program[] =>
  workloadsOf(objects).flatMap((workload) =>
    containersOf(workload.pod).flatMap((container): Program[] => {
      const [, part] = /^neotool\/([a-z]+)$/.exec(imageNameOf(container.image)) ?? []
      if (part === undefined) return []
      const environment = environmentOf(workload, container, objects, unknown)
      return [{ workload, container, part, entry: entryOf(container, part), environment }]
    }),
  )

/** What infra/images copies into the image of a part. */
const isInImage = (entry: string, part: string): boolean => {
  const [folder, name] = entry.split('/')
  if (folder === 'services') return name === part
  if (folder === 'packages') return name === 'kit' && part !== 'web'
  return folder === part
}

/** What a container starts is in the checkout, and in the image that the container runs. */
export const findMissingEntries = (objects: readonly KubernetesObject[], root: string): Finding[] =>
  programsOf(objects, () => '').flatMap(({ workload, container, part, entry }): Finding[] => {
    const found = (problem: string) => [
      { rule: 'entries', object: nameOf(workload.object), problem: `${container.name}: ${problem}` },
    ]
    if (entry === undefined) return container.args.length > 0 ? [] : found('it starts no file that is known')
    if (!isInImage(entry, part)) return found(`the image neotool/${part} has no ${entry}`)
    // Next.js writes this one when it builds.
    return entry === presets.web || existsSync(join(root, entry)) ? [] : found(`there is no ${entry}`)
  })
