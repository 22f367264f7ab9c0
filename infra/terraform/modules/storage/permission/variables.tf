variable "account_id" {
  description = "Cloudflare's account."
  type        = string
  nullable    = false
}

variable "name" {
  description = "The permission, by the name that Cloudflare gives it."
  type        = string
  nullable    = false
}
