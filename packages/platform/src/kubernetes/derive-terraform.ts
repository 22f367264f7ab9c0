/** What Terraform gets from an environment's file. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CloudEnvironment, Environment } from './environment-file.ts'

const nameOf = ({ name }: Environment): string => `neotool-${name}`

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`

const cloudVariables = (environment: CloudEnvironment) => {
  const { cloud, hosts, nodes, s3, tls } = environment
  const [a, b, c] = cloud.zones
  return {
    name: nameOf(environment),
    cloud_account: cloud.account,
    region: cloud.region,
    zones: { a, b, c },
    network_cidr: cloud.network,
    operator_cidrs: cloud.operators,
    nodes: nodes.count,
    node: { cpu: nodes.cpu, memory_gb: nodes.memoryGb, disk_gb: nodes.diskGb },
    acme_email: tls.email,
    cloudflare_account_id: new URL(s3.endpoint).hostname.split('.')[0],
    files: { buckets: s3.buckets, allowed_origins: [`https://${hosts.web}`] },
  }
}

/** Where the state is: R2 speaks S3, but is none of AWS' regions and has none of its accounts. */
const backend = ({ name, s3 }: CloudEnvironment) => ({
  bucket: 'neotool-terraform',
  key: `${name}/terraform.tfstate`,
  region: 'auto',
  endpoints: { s3: s3.endpoint },
  use_lockfile: true,
  use_path_style: true,
  skip_credentials_validation: true,
  skip_metadata_api_check: true,
  skip_region_validation: true,
  skip_requesting_account_id: true,
  skip_s3_checksum: true,
})

/** By their names, the files of an environment's root module that follow from its file. */
export const terraformFiles = (root: string, environment: Environment): Readonly<Record<string, string>> => {
  if (environment.kind === 'local') {
    const { web, api, files } = environment.hosts
    return { 'environment.auto.tfvars.json': json({ name: nameOf(environment), hosts: [web, api, files] }) }
  }
  return {
    'environment.auto.tfvars.json': json(cloudVariables(environment)),
    'backend.tfbackend.json': json(backend(environment)),
    // Terraform cannot choose a module or a provider by a variable.
    'cloud.tf': readFileSync(join(root, `infra/terraform/clouds/${environment.provider}.tf`), 'utf8'),
  }
}
