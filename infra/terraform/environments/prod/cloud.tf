# The cluster in this cloud. Terraform takes a module from where the text says, never from a variable, and wants credentials for every
# provider that is declared: so each cloud has a file, and `neotool config generate` copies the right one into an environment.
terraform {
  # All of the environment's, as a module may have one such block.
  required_providers {
    cloudflare = {
      source  = "cloudflare/cloudflare"
      version = "5.14.0"
    }
    aws = {
      source  = "hashicorp/aws"
      version = "6.25.0"
    }
  }
}

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.cloud_account]

  default_tags {
    tags = { project = var.name }
  }
}

locals {
  cloud = "aws"
}

module "networking" {
  source = "../../modules/networking/aws"

  name           = var.name
  region         = var.region
  zones          = var.zones
  network_cidr   = var.network_cidr
  operator_cidrs = var.operator_cidrs
}

module "k3s" {
  source = "../../modules/k3s/aws"

  name             = var.name
  network          = module.networking
  agents           = local.agents
  node             = var.node
  snapshots        = local.snapshots
  acme             = { email = var.acme_email }
  manifests        = merge(module.volumes.manifests, module.r2.manifests)
  remote_manifests = module.volumes.remote_manifests
}
