# The cluster itself is in cloud.tf, a copy of the file in infra/terraform/clouds that is named after the environment's provider.

# Its token comes by CLOUDFLARE_API_TOKEN.
provider "cloudflare" {}

locals {
  zone_names = keys(var.zones)
  # agent-01, agent-02 …, over the zones in turn. A smaller `nodes` takes away those at the end and no other.
  agents = {
    for number in range(1, var.nodes - 2) : format("agent-%02d", number) => { zone = element(local.zone_names, number - 1) }
  }

  snapshots = {
    endpoint          = trimprefix(module.r2.endpoint, "https://")
    region            = "auto"
    bucket            = module.r2.buckets["backups"]
    folder            = "${var.name}/etcd"
    access_key_id     = module.r2.credentials["backups"].access_key_id
    secret_access_key = module.r2.credentials["backups"].secret_access_key
  }
}

module "r2" {
  source = "../../modules/storage/r2"

  name       = var.name
  account_id = var.cloudflare_account_id
  buckets = {
    assets  = { name = var.files.buckets.assets }
    public  = { name = var.files.buckets.public, public = true }
    backups = { name = var.files.buckets.backups, expire_days = 35 }
    bulk    = { name = var.files.buckets.bulk }
  }
  allowed_origins = var.files.allowed_origins
  bulk_class      = file("${path.module}/../../../kubernetes/overlays/prod/storage/storage-class.yaml")
}

module "volumes" {
  source = "../../modules/storage/classes"

  cloud  = local.cloud
  region = var.region
}
