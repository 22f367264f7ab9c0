variable "name" {
  description = "Beginning of the names of the keys."
  type        = string
  nullable    = false
}

variable "account_id" {
  description = "Cloudflare's account."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9a-f]{32}$", var.account_id))
    error_message = "account_id must be 32 hexadecimal digits; got \"${var.account_id}\"."
  }
}

variable "buckets" {
  description = "Buckets by what they are for. A public one is readable by everybody; expire_days deletes what is older."
  type = map(object({
    name        = string
    public      = optional(bool, false)
    expire_days = optional(number, 0)
  }))
  nullable = false

  validation {
    condition     = alltrue([for use in ["assets", "public", "backups", "bulk"] : contains(keys(var.buckets), use)])
    error_message = "buckets must have assets, public, backups and bulk; got ${join(", ", keys(var.buckets))}."
  }
  validation {
    condition     = alltrue([for bucket in values(var.buckets) : can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", bucket.name))])
    error_message = "buckets must be named by 3 to 63 small letters, digits and hyphens; got ${join(", ", values(var.buckets)[*].name)}."
  }
  validation {
    condition     = length(distinct(values(var.buckets)[*].name)) == length(var.buckets)
    error_message = "buckets must have a name each of its own; got ${join(", ", values(var.buckets)[*].name)}."
  }
  validation {
    condition     = alltrue([for use in ["assets", "backups", "bulk"] : !try(var.buckets[use].public, false)])
    error_message = "buckets: assets, backups and bulk must not be public."
  }
  validation {
    condition     = alltrue([for bucket in values(var.buckets) : bucket.expire_days == 0 || bucket.expire_days >= 14])
    error_message = "buckets: expire_days must be 0, for ever, or at least 14."
  }
}

variable "allowed_origins" {
  description = "Origins whose pages may read from and upload to the buckets of assets, as https://neotool.example."
  type        = set(string)
  nullable    = false

  validation {
    condition     = alltrue([for origin in var.allowed_origins : can(regex("^https://[a-z0-9.-]+$", origin))])
    error_message = "allowed_origins must be https:// and a host, without a path; got ${jsonencode(var.allowed_origins)}."
  }
}

variable "bulk_class" {
  description = "The storage class cloudflare-r2, as YAML: the file of the overlay, which is the one place that describes it."
  type        = string
  nullable    = false

  validation {
    condition     = try(yamldecode(var.bulk_class).provisioner, "") == "ru.yandex.s3.csi"
    error_message = "bulk_class must have the provisioner ru.yandex.s3.csi, the driver that is installed for it; got \"${try(yamldecode(var.bulk_class).provisioner, "none")}\"."
  }
}
