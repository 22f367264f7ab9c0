output "kubeconfig" {
  description = "Configuration of kubectl."
  value       = module.k3s.kubeconfig
  sensitive   = true
}

output "kubeconfig_path" {
  description = "Where that configuration lies on this host."
  value       = module.k3s.kubeconfig_path
}

output "nodes" {
  description = "The address of the node by its name."
  value       = module.k3s.nodes
}

output "storage_class" {
  description = "Class for volumes."
  value       = module.volumes.class_name
}

output "hosts_line" {
  description = "What /etc/hosts needs for the environment's names."
  value       = "127.0.0.1 ${join(" ", var.hosts)}"
}
