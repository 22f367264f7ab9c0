output "nodes" {
  description = "Private address of each machine by its name in Kubernetes."
  value       = { for name, machine in google_compute_instance.this : "${var.name}-${name}" => machine.network_interface[0].network_ip }
}

output "kubeconfig" {
  description = "Configuration of kubectl for operators, whose addresses the networking module lets in."
  value       = module.cluster.kubeconfig
  sensitive   = true
}

output "manifests" {
  description = "Manifests of the add-ons by file name: to bring changed ones into a cluster that is there."
  value       = module.cluster.manifests
}

output "upgrade_plans" {
  description = "Plans by which machines that are there get the version of K3s that new ones install."
  value       = module.cluster.upgrade_plans
}
