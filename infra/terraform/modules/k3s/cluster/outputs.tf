output "user_data" {
  description = "First data of each machine by its name, for cloud-init. It holds secrets: whoever reads it may join the cluster."
  value       = local.user_data
  sensitive   = true
}

output "kubeconfig" {
  description = "Configuration of kubectl for operators. Its certificate is renewed by an apply within its last month."
  value       = local.kubeconfig
  sensitive   = true
}

output "manifests" {
  description = "Manifests of the add-ons by file name, as new servers apply them: to bring changed ones into a cluster that is there."
  value       = local.own_manifests
}

output "upgrade_plans" {
  description = "Plans by which machines that are there get the version of K3s that new ones install: docs/runbooks/k3s-upgrade.md."
  value       = local.upgrade_plans
}
