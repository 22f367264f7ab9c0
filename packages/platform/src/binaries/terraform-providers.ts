/*
 * Terraform's providers for its checks, in the two directories of a mirror: those that only reckon are real and built here, and
 * those of clouds are stubs with the real one's schema. Each has a directory of its own, so that none is taken for the other.
 */
import { chmod, copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from '../cache.ts'
import { PlatformError } from '../failure.ts'
import { type Nesting, providerSchemaOf } from '../terraform/cdktf-schema.ts'
import { type GoProgram, goBinaries } from './go.ts'
import { installLocked } from './npm.ts'

/** As versions.tf names it, with the exact version. */
type Provider = { readonly source: string; readonly version: string }

const real: readonly (Provider & { readonly package: string })[] = [
  { source: 'hashicorp/local', version: '2.9.0', package: 'github.com/terraform-providers/terraform-provider-local' },
  { source: 'hashicorp/random', version: '3.9.0', package: 'github.com/terraform-providers/terraform-provider-random' },
  // The commit that go.mod names comes after the release of this name, and before the next one.
  { source: 'hashicorp/tls', version: '4.0.4', package: 'github.com/hashicorp/terraform-provider-tls' },
]

const stubs: readonly (Provider & { readonly package: string; readonly nesting: Nesting })[] = [
  { source: 'cloudflare/cloudflare', version: '5.14.0', package: '@cdktf/provider-cloudflare', nesting: 'attributes' },
  { source: 'hashicorp/aws', version: '6.25.0', package: '@cdktf/provider-aws', nesting: 'blocks' },
  { source: 'hashicorp/azurerm', version: '4.55.0', package: '@cdktf/provider-azurerm', nesting: 'blocks' },
  { source: 'hashicorp/google', version: '6.50.0', package: '@cdktf/provider-google', nesting: 'blocks' },
]

const processors: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }
const addressOf = ({ source }: Provider): string => `registry.terraform.io/${source}`
const nameOf = ({ source }: Provider): string => source.slice(source.indexOf('/') + 1)

/** Where Terraform looks for a provider in a mirror. */
const placeOf = (mirror: string, provider: Provider): string =>
  join(
    mirror,
    addressOf(provider),
    provider.version,
    `${process.platform}_${processors[process.arch] ?? process.arch}`,
    `terraform-provider-${nameOf(provider)}_v${provider.version}`,
  )

const realPrograms: GoProgram = {
  title: "Terraform's providers random, local and tls",
  name: 'terraform-providers',
  version: '1',
  module: 'neotool.example/terraform-providers',
  packages: real.map((provider) => provider.package),
  oldestGo: [1, 25, 8],
}

const realBinaries = goBinaries(realPrograms)

/** The real ones. */
export const terraformProviders: Binaries = {
  ...realBinaries,
  async install(directory, progress, signal) {
    await realBinaries.install(directory, progress, signal)
    for (const provider of real) {
      const place = placeOf(directory, provider)
      await mkdir(join(place, '..'), { recursive: true })
      await rename(join(directory, `terraform-provider-${nameOf(provider)}`), place)
    }
  },
}

const stubProgram: GoProgram = {
  title: "Stubs of Terraform's providers",
  name: 'terraform-stub-provider',
  version: '1',
  module: 'neotool.example/terraform-stub-provider',
  oldestGo: [1, 25, 0],
}

const stubBinaries = goBinaries(stubProgram)

/** The stubs. What says their schemas takes a gigabyte while it is unpacked, and a twentieth of it is kept. */
export const terraformStubProviders: Binaries = {
  ...stubBinaries,
  async install(directory, progress, signal) {
    const lockedPackage = join(import.meta.dirname, '../../binaries', stubProgram.name)
    // npm reads the one of the directory that it works in.
    await copyFile(join(lockedPackage, '.npmrc'), join(directory, '.npmrc'))
    await installLocked(lockedPackage, directory, { signal })
    await stubBinaries.install(directory, progress, signal)
    for (const provider of stubs) {
      progress(`reading the schema of ${provider.source}`)
      const schema = providerSchemaOf(join(directory, 'node_modules', provider.package), provider.nesting)
      if (schema.version !== provider.version) {
        throw new PlatformError(
          `${provider.package} is of version ${schema.version} of its provider, and ${provider.version} is wanted.`,
        )
      }
      const place = placeOf(directory, provider)
      await mkdir(join(place, '..'), { recursive: true })
      await copyFile(join(directory, stubProgram.name), place)
      await chmod(place, 0o755)
      await writeFile(join(place, '../schema.json'), JSON.stringify({ address: addressOf(provider), ...schema }))
    }
    for (const name of ['node_modules', stubProgram.name]) await rm(join(directory, name), { recursive: true })
  },
}

/** The exact version of every provider that can be checked, by its source. */
export const providerVersions: ReadonlyMap<string, string> = new Map(
  [...real, ...stubs].map(({ source, version }) => [source, version]),
)
