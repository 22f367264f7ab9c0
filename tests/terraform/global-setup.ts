import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkovBinaries } from '@neotool/platform/binaries/checkov'
import { terraformDocsBinaries } from '@neotool/platform/binaries/terraform-docs'
import { terraformProviders, terraformStubProviders } from '@neotool/platform/binaries/terraform-providers'
import { tflintBinaries } from '@neotool/platform/binaries/tflint'
import { areFetched, binariesDirectory, fetchBinaries } from '@neotool/platform/cache'
import { initialise, modulesBelow } from '@neotool/platform/terraform/checks'
import { assertTerraform, mirrorConfiguration, terraformWith } from '@neotool/platform/terraform/program'
import { trimStubs, typesUsedBelow } from '@neotool/platform/terraform/trimmed-stubs'
import { startMinioServer } from '@neotool/platform/test-minio'
import type { TestProject } from 'vitest/node'
import { copyOf, root } from './tree.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A copy of infra, whose Terraform directories have been initialised. */
    readonly infra: string
    /** The file that tells Terraform where providers are. */
    readonly configuration: string
    /** The directories of Terraform, from infra/terraform. */
    readonly modules: readonly string[]
  }
}

const tools = [tflintBinaries, terraformDocsBinaries, terraformProviders, terraformStubProviders, checkovBinaries]

/** Fetches what is missing, and initialises a copy of everything once for all files of tests. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  await assertTerraform()
  for (const tool of tools) {
    if (await areFetched(tool)) continue
    process.stdout.write(`Fetching ${tool.title} …\n`)
    await fetchBinaries(tool, () => {})
  }
  const copy = await copyOf(join(root, 'infra'))
  const configuration = join(copy.terraform, '../mirror.tfrc')
  const stubs = join(copy.terraform, '../stubs')
  await trimStubs(binariesDirectory(terraformStubProviders), stubs, await typesUsedBelow(copy.terraform))
  await writeFile(configuration, mirrorConfiguration([binariesDirectory(terraformProviders), stubs]))
  const modules = await modulesBelow(copy.terraform)
  for (const directory of modules) await initialise(terraformWith(configuration), join(copy.terraform, directory))
  // For the state alone; the tests' key of it is no secret.
  const minio = await startMinioServer()
  const { endpoint, region, credentials } = minio
  project.provide('objectStorage', { endpoint, region, ...credentials })
  project.provide('infra', join(copy.terraform, '..'))
  project.provide('configuration', configuration)
  project.provide('modules', modules)
  return async () => {
    await minio.stop()
    await copy[Symbol.asyncDispose]()
  }
}
