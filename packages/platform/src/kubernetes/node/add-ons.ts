/** What every cluster has besides Kubernetes itself: names, figures of use, and storage. */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { corednsProgram } from '../../binaries/coredns.ts'
import { localPathProvisionerProgram } from '../../binaries/local-path-provisioner.ts'
import { metricsServerProgram } from '../../binaries/metrics-server.ts'
import { pauseProgram } from '../../binaries/pause.ts'
import type { ClusterCommand } from '../cluster.ts'
import { makeImageArchive, type ProgramImage } from './archive.ts'
import { importArchive } from './images.ts'
import { type NodeLayout, readNodeFile } from './layout.ts'

/** The images of the add-ons, and the one that every pod needs. */
export const addOnImages = (): ProgramImage[] => [
  { name: 'neotool.local/pause:1', program: pauseProgram() },
  { name: 'neotool.local/coredns:1', program: corednsProgram() },
  { name: 'neotool.local/metrics-server:1', program: metricsServerProgram() },
  // It makes each folder in a pod of its own image.
  {
    name: 'docker.io/rancher/local-path-provisioner:v0.0.30',
    program: localPathProvisionerProgram(),
    shell: ['mkdir', 'rm', 'sh'],
  },
]

/** Makes these images and gives them to a node. */
export const importAddOns = async (layout: NodeLayout, signal?: AbortSignal): Promise<void> => {
  for (const image of addOnImages()) {
    const directory = await mkdtemp(join(layout.directory, 'image-'))
    await importArchive(layout, await makeImageArchive(image, directory, signal), signal)
    await rm(directory, { recursive: true })
  }
}

/** Creates the add-ons; none of them has started when this returns. */
export const applyAddOns = async (layout: NodeLayout, kubectl: ClusterCommand, signal?: AbortSignal): Promise<void> => {
  const files = ['proxy', 'coredns', 'metrics-server', 'local-path'].map((name) => `add-ons/${name}.yaml`)
  const manifests = await Promise.all(files.map((file) => readNodeFile(layout, file)))
  await kubectl(['apply', '-f', '-'], { input: manifests.join('---\n'), signal })
}

/** Waits for the add-ons that pods cannot do without. Figures of use come a quarter of a minute later. */
export const waitForAddOns = async (kubectl: ClusterCommand, withinSeconds: number, signal?: AbortSignal) => {
  const deployments = ['coredns', 'local-path-provisioner'].map((name) => `deployment/${name}`)
  const options = ['--for=condition=Available', '--namespace=kube-system', `--timeout=${withinSeconds}s`]
  await kubectl(['wait', ...options, ...deployments], { signal })
}
