variable "name" {
  description = "Name of the node."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,20}[a-z0-9]$", var.name))
    error_message = "name must be 3 to 22 small letters, digits and hyphens, beginning with a letter; got \"${var.name}\"."
  }
}

variable "k3s_version" {
  description = "Release of K3s: another one is installed over the one that is there."
  type        = string
  default     = "v1.33.6+k3s1"
  nullable    = false

  validation {
    condition     = can(regex("^v1\\.33\\.[0-9]+\\+k3s[0-9]+$", var.k3s_version))
    error_message = "k3s_version must be a release of 1.33, as v1.33.6+k3s1: that is the Kubernetes that manifests are checked for; got \"${var.k3s_version}\"."
  }
}

variable "kubeconfig_path" {
  description = "Where K3s writes its kubeconfig, which belongs to root alone."
  type        = string
  default     = "/etc/rancher/k3s/k3s.yaml"
  nullable    = false

  validation {
    condition     = startswith(var.kubeconfig_path, "/")
    error_message = "kubeconfig_path must begin with a slash; got \"${var.kubeconfig_path}\"."
  }
}
