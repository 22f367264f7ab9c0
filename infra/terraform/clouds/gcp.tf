# The cluster in this cloud. Terraform takes a module from where the text says, never from a variable, and wants credentials for every
# provider that is declared: so each cloud has a file, and `neotool config generate` copies the right one into an environment.
terraform {
  # All of the environment's, as a module may have one such block.
  required_providers {
    cloudflare = {
      source  = "cloudflare/cloudflare"
      version = "5.14.0"
    }
    google = {
      source  = "hashicorp/google"
      version = "6.50.0"
    }
  }
}

provider "google" {
  project = var.cloud_account
  region  = var.region

  default_labels = { project = var.name }
}

locals {
  cloud = "gcp"
}

module "networking" {
  source = "../../modules/networking/gcp"

  name           = var.name
  region         = var.region
  zones          = var.zones
  network_cidr   = var.network_cidr
  operator_cidrs = var.operator_cidrs
}

module "k3s" {
  source = "../../modules/k3s/gcp"

  name             = var.name
  network          = module.networking
  agents           = local.agents
  node             = var.node
  snapshots        = local.snapshots
  acme             = { email = var.acme_email }
  manifests        = merge(module.volumes.manifests, module.r2.manifests)
  remote_manifests = module.volumes.remote_manifests
}
