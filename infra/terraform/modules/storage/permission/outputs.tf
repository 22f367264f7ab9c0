output "id" {
  description = "The permission's id."
  value       = one(local.ids)

  precondition {
    condition     = length(local.ids) == 1
    error_message = "Cloudflare has ${length(local.ids)} permissions called \"${var.name}\", and one was expected."
  }
}
