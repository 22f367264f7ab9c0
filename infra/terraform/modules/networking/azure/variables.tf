variable "name" {
  description = "Beginning of the name of everything that is made here."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,20}[a-z0-9]$", var.name))
    error_message = "name must be 3 to 22 small letters, digits and hyphens, beginning with a letter; got \"${var.name}\"."
  }
}

variable "region" {
  description = "Region, by the cloud's own name for it."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.region) > 0
    error_message = "region must not be empty."
  }
}

variable "zones" {
  description = "Three availability zones of the region by the names that ours have (a, b, c): one lost zone leaves two servers of three."
  type        = map(string)
  nullable    = false

  validation {
    condition     = join(",", keys(var.zones)) == "a,b,c"
    error_message = "zones must have exactly the keys a, b and c; got ${join(", ", keys(var.zones))}."
  }
  validation {
    condition     = length(distinct(values(var.zones))) == length(var.zones)
    error_message = "zones must be three different ones; got ${join(", ", values(var.zones))}."
  }
}

variable "network_cidr" {
  description = "Addresses of the network: a /16 apart from those that K3s gives to pods (10.42.0.0/16) and Services (10.43.0.0/16)."
  type        = string
  default     = "10.20.0.0/16"
  nullable    = false

  validation {
    condition     = can(cidrhost(var.network_cidr, 0)) && endswith(var.network_cidr, "/16")
    error_message = "network_cidr must be an IPv4 network with 16 bits, as 10.20.0.0/16; got \"${var.network_cidr}\"."
  }
  validation {
    condition     = !contains(["10.42", "10.43"], join(".", slice(split(".", "${var.network_cidr}.."), 0, 2)))
    error_message = "network_cidr must not be 10.42.0.0/16 or 10.43.0.0/16, which K3s uses for pods and Services."
  }
}

variable "operator_cidrs" {
  description = "Addresses from which people may call the Kubernetes API."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.operator_cidrs) > 0 && alltrue([for cidr in var.operator_cidrs : can(cidrhost(cidr, 0))])
    error_message = "operator_cidrs must name at least one network, as 203.0.113.7/32; got ${jsonencode(var.operator_cidrs)}."
  }
  validation {
    condition     = alltrue([for cidr in var.operator_cidrs : try(tonumber(split("/", cidr)[1]) >= 16, false)])
    error_message = "operator_cidrs must not be wider than 16 bits: the Kubernetes API is for operators, not for the internet."
  }
}
