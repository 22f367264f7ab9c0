# Their values are in environment.auto.tfvars.json, which `neotool config generate` writes from infra/environments/<environment>.yaml.

variable "name" {
  description = "Beginning of the name of everything in the cloud, as neotool-prod."
  type        = string
  nullable    = false
}

variable "cloud_account" {
  description = "Where everything is made: number of the AWS account, project of GCP, or subscription of Azure."
  type        = string
  nullable    = false
}

variable "region" {
  description = "Region, by the cloud's own name for it."
  type        = string
  nullable    = false
}

variable "zones" {
  description = "Three availability zones of the region, by the names that ours have: a, b and c."
  type        = map(string)
  nullable    = false
}

variable "network_cidr" {
  description = "Addresses of the network, a /16."
  type        = string
  default     = "10.20.0.0/16"
  nullable    = false
}

variable "operator_cidrs" {
  description = "Addresses from which people may call the Kubernetes API."
  type        = set(string)
  nullable    = false
}

variable "nodes" {
  description = "Machines in all: three servers, which run pods too, and the rest agents."
  type        = number
  default     = 4
  nullable    = false

  validation {
    condition     = var.nodes >= 4 && var.nodes <= 60 && floor(var.nodes) == var.nodes
    error_message = "nodes must be a whole number from 4 (three servers and an agent) to 60; got ${var.nodes}."
  }
}

variable "node" {
  description = "Size of each machine."
  type = object({
    cpu       = optional(number, 8)
    memory_gb = optional(number, 32)
    disk_gb   = optional(number, 100)
  })
  default  = {}
  nullable = false
}

variable "acme_email" {
  description = "Mail address of the account at Let's Encrypt."
  type        = string
  nullable    = false
}

variable "cloudflare_account_id" {
  description = "Cloudflare's account, for R2."
  type        = string
  nullable    = false
}

variable "files" {
  description = "Names of the buckets by what they are for, and the origins of pages that upload to them."
  type = object({
    buckets         = object({ assets = string, public = string, backups = string, bulk = string })
    allowed_origins = set(string)
  })
  nullable = false
}
