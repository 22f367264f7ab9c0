import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkovBinaries } from '@neotool/platform/binaries/checkov'
import { cyclonusBinaries } from '@neotool/platform/binaries/cyclonus'
import { helmKubectlBinaries } from '@neotool/platform/binaries/helm-kubectl'
import { helmUnittestBinaries } from '@neotool/platform/binaries/helm-unittest'
import { kubeScoreBinaries } from '@neotool/platform/binaries/kube-score'
import { kubeconformBinaries } from '@neotool/platform/binaries/kubeconform'
import { areFetched, fetchBinaries } from '@neotool/platform/cache'
import { environmentNames } from '@neotool/platform/kubernetes/environment-file'
import { renderEnvironment } from '@neotool/platform/kubernetes/render'
import { kubernetesSchemas } from '@neotool/platform/kubernetes/schemas'
import type { TestProject } from 'vitest/node'
import { root } from './root.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A directory with <environment>.json: all objects of an environment, rendered once for all files of tests. */
    readonly rendered: string
  }
}

const tools = [
  helmKubectlBinaries,
  kubeconformBinaries,
  kubernetesSchemas,
  helmUnittestBinaries,
  kubeScoreBinaries,
  checkovBinaries,
  cyclonusBinaries,
]

/** Fetches what is missing, and renders what all tests look at. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  for (const tool of tools) {
    if (await areFetched(tool)) continue
    process.stdout.write(`Fetching ${tool.title} …\n`)
    await fetchBinaries(tool, () => {})
  }
  const directory = await mkdtemp(join(tmpdir(), 'neotool-rendered-'))
  for (const environment of environmentNames(root)) {
    await writeFile(join(directory, `${environment}.json`), JSON.stringify(await renderEnvironment(root, environment)))
  }
  project.provide('rendered', directory)
  return () => rm(directory, { recursive: true, force: true })
}
