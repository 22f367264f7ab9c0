# An account of Google has 30 characters at most, and this is the beginning of one.
variable "name" {
  description = "Name of the cluster: the beginning of the name of everything that is made here."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,20}[a-z0-9]$", var.name))
    error_message = "name must be 3 to 22 small letters, digits and hyphens, beginning with a letter; got \"${var.name}\"."
  }
}

variable "network" {
  description = "Outputs of the networking module of the same cloud."
  type = object({
    network_id      = string
    private_subnets = map(object({ id = string, cidr = string, zone = string }))
    kubernetes_api  = string
    attachments     = map(string)
  })
  nullable = false

  validation {
    condition     = length(var.network.private_subnets) == 3
    error_message = "network must have three private subnets, one for each server; got ${length(var.network.private_subnets)}."
  }
}

variable "agents" {
  description = "Agents beside the three servers: name, and the zone (a, b, c) of each."
  type        = map(object({ zone = string }))
  nullable    = false

  validation {
    condition     = length(var.agents) >= 1
    error_message = "agents must name at least one: with servers alone there is no room when one of them is lost."
  }
  validation {
    condition     = alltrue([for name in keys(var.agents) : can(regex("^agent-[a-z0-9-]{1,20}$", name))])
    error_message = "agents must be named agent-…, in small letters, digits and hyphens; got ${join(", ", keys(var.agents))}."
  }
  validation {
    condition     = alltrue([for agent in values(var.agents) : contains(["a", "b", "c"], agent.zone)])
    error_message = "agents must be in zone a, b or c; got ${join(", ", [for name, agent in var.agents : "${name}: ${agent.zone}"])}."
  }
}

variable "node" {
  description = "Size of each machine: processors, memory, and the disk of the operating system, images and logs."
  type = object({
    cpu       = optional(number, 8)
    memory_gb = optional(number, 32)
    disk_gb   = optional(number, 100)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["8/32", "16/64"], "${var.node.cpu}/${var.node.memory_gb}")
    error_message = "node must have 8 CPU and 32 GB or 16 CPU and 64 GB; got ${var.node.cpu} CPU and ${var.node.memory_gb} GB."
  }
  validation {
    condition     = var.node.disk_gb >= 50 && var.node.disk_gb <= 1000
    error_message = "node.disk_gb must be 50 to 1000: images and logs take 30; got ${var.node.disk_gb}."
  }
}

variable "k3s_version" {
  description = "Release of K3s that new machines install; the module's own when it is left out."
  type        = string
  default     = "v1.33.6+k3s1"
  nullable    = false
}

variable "snapshots" {
  description = "Bucket for the snapshots of etcd, over the S3 API: host of the endpoint, region, bucket, folder and key."
  type = object({
    endpoint          = string
    region            = string
    bucket            = string
    folder            = string
    access_key_id     = string
    secret_access_key = string
  })
  sensitive = true
  nullable  = false
}

variable "acme" {
  description = "Account at the authority that signs the public names' certificates: mail address, and the directory's address."
  type = object({
    email  = string
    server = optional(string, "https://acme-v02.api.letsencrypt.org/directory")
  })
  nullable = false
}

variable "manifests" {
  description = "Kubernetes manifests beside the add-ons, as YAML by file name; those of the storage modules."
  type        = map(string)
  default     = {}
  sensitive   = true
  nullable    = false
}

variable "remote_manifests" {
  description = "Manifests that a server fetches when it is born, by name; those of the storage modules."
  type        = map(string)
  default     = {}
  nullable    = false
}
