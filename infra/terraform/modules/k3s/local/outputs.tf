output "kubeconfig" {
  description = "Configuration of kubectl, as K3s has written it."
  value       = data.local_sensitive_file.kubeconfig.content
  sensitive   = true
}

output "kubeconfig_path" {
  description = "Where that configuration lies on this host."
  value       = var.kubeconfig_path
}

output "nodes" {
  description = "The address of the node by its name."
  value       = { (var.name) = "127.0.0.1" }
}
