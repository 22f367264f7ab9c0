variable "name" {
  description = "Name of the cluster; its nodes' names begin with it."
  type        = string
  nullable    = false
}

variable "servers" {
  description = "Servers by name, with their fixed addresses. The first by name begins the cluster, unless another one is there already."
  type        = map(object({ address = string, zone = string }))
  nullable    = false

  validation {
    condition     = length(var.servers) == 3
    error_message = "servers must be three: etcd lives on as long as two of them do; got ${length(var.servers)}."
  }
}

variable "agents" {
  description = "Agents by name."
  type        = map(object({ zone = string }))
  nullable    = false

  validation {
    condition     = length(setintersection(keys(var.agents), keys(var.servers))) == 0
    error_message = "agents must not have the name of a server: ${join(", ", setintersection(keys(var.agents), keys(var.servers)))}."
  }
}

variable "kubernetes_api" {
  description = "Address of the Kubernetes API for operators, as https://host:6443. It is in the kubeconfig and in the servers' certificate."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^https://[^/:]+:6443$", var.kubernetes_api))
    error_message = "kubernetes_api must be https://host:6443; got \"${var.kubernetes_api}\"."
  }
}

variable "k3s_version" {
  description = "Release of K3s that a new machine installs. Machines that are there are upgraded by the Plans of the system-upgrade-controller."
  type        = string
  default     = "v1.33.6+k3s1"
  nullable    = false

  validation {
    condition     = can(regex("^v1\\.33\\.[0-9]+\\+k3s[0-9]+$", var.k3s_version))
    error_message = "k3s_version must be a release of 1.33, as v1.33.6+k3s1: that is the Kubernetes that manifests are checked for; got \"${var.k3s_version}\"."
  }
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

  validation {
    condition     = !strcontains(var.snapshots.endpoint, "/")
    error_message = "snapshots.endpoint must be a host without https:// and path."
  }
}

variable "acme" {
  description = "Account at the authority that signs the public names' certificates: mail address, and the directory's address."
  type = object({
    email  = string
    server = optional(string, "https://acme-v02.api.letsencrypt.org/directory")
  })
  nullable = false

  validation {
    condition     = can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", var.acme.email))
    error_message = "acme.email must be a mail address; got \"${var.acme.email}\"."
  }
}

variable "manifests" {
  description = "More Kubernetes manifests that the servers apply, as YAML by file name: storage classes, drivers, their Secrets."
  type        = map(string)
  default     = {}
  sensitive   = true
  nullable    = false
}

variable "remote_manifests" {
  description = "More manifests that a server fetches when it is born: addresses that Kustomize takes as resources, of an exact version."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for address in values(var.remote_manifests) : can(regex("v[0-9]+\\.[0-9]+\\.[0-9]+", address))])
    error_message = "remote_manifests must name an exact version each: ${join(", ", values(var.remote_manifests))}."
  }
}
