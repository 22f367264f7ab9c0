import { prometheusOperatorDefinitions } from '@neotool/platform/binaries/prometheus-operator'
import { type BuiltImage, buildImages, ourImages, shortName } from '@neotool/platform/kubernetes/images'
import { type Docker, runDocker } from '@neotool/platform/kubernetes/images-docker'
import { baseImages, ensureImages, nodeImage } from '@neotool/platform/kubernetes/node/base-images'
import { type ClusterNode, startClusterNode } from '@neotool/platform/kubernetes/node/cluster-node'
import { withDocker } from '@neotool/platform/kubernetes/node/docker'
import { ensureStandIns, standIns } from '@neotool/platform/kubernetes/node/stand-ins'
import { SERVICES } from '@neotool/platform/kubernetes/releases'
import type { Report } from '@neotool/platform/tasks'
import { root } from './platform.ts'

// The backup tools are run by nothing yet.
const NOT_NEEDED = ['ops']

// What a service may add to the image that it is made from.
const MOST_BYTES_OF_A_SERVICE = 150e6

const assertSmall = async (docker: Docker, images: readonly BuiltImage[]): Promise<void> => {
  const base = Number(
    await runDocker(docker, ['image', 'inspect', '--format', '{{.Size}}', nodeImage.reference], { cwd: root }),
  )
  const tooLarge = images
    .filter(({ reference }) => SERVICES.some((service) => reference.startsWith(`neotool/${service}:`)))
    .map(({ reference, sizeBytes }) => ({ reference, added: sizeBytes - base }))
    .filter(({ added }) => added > MOST_BYTES_OF_A_SERVICE)
  if (tooLarge.length === 0) return
  const sizes = tooLarge.map(({ reference, added }) => `${reference} ${(added / 1e6).toFixed(0)} MB`).join(', ')
  throw new Error(`Above their base image, services may have 150 MB: ${sizes}`)
}

const bringImages = (node: ClusterNode, report: Report): Promise<void> =>
  withDocker(async (docker) => {
    await ensureImages(docker, baseImages, { report })
    const theirs = await ensureStandIns(
      docker,
      standIns.map(({ reference }) => reference),
      { report },
    )
    const names = ourImages.map(shortName).filter((name) => !NOT_NEEDED.includes(name))
    const ours = await buildImages({ root, names, docker, network: 'host', report })
    await assertSmall(docker, ours)
    await node.importImages([...theirs, ...ours.map(({ reference }) => reference)], docker)
  })

// What K3s' add-ons bring in production.
const installDefinitions = async ({ kubectl }: ClusterNode): Promise<void> => {
  const definitions = await prometheusOperatorDefinitions()
  await kubectl(['apply', '--server-side', '-f', definitions])
  await kubectl(['wait', '--for=condition=Established', '--timeout=300s', '-f', definitions])
}

/** A node of our own with all images on it, and the definitions that the platform needs. */
export const startOwnNode = async (report: Report): Promise<ClusterNode> => {
  const node = await startClusterNode({ report })
  try {
    await Promise.all([bringImages(node, report), installDefinitions(node)])
    return node
  } catch (error) {
    await node[Symbol.asyncDispose]()
    throw error
  }
}
