output "kubeconfig" {
  description = "Configuration of kubectl for operators."
  value       = module.k3s.kubeconfig
  sensitive   = true
}

output "kubernetes_api" {
  description = "Address of the Kubernetes API."
  value       = module.networking.kubernetes_api
}

output "nodes" {
  description = "Private address of each machine by its name in Kubernetes."
  value       = module.k3s.nodes
}

output "load_balancer" {
  description = "Where the hosts of web and API must lead: an address (a record of type A) or a host name (CNAME)."
  value       = module.networking.load_balancer
}

output "s3" {
  description = "The S3 API, and the buckets by what they are for."
  value       = { endpoint = module.r2.endpoint, buckets = module.r2.buckets, public_host = module.r2.public_host }
}

output "s3_credentials" {
  description = "Keys for the S3 API by what the bucket is for."
  value       = module.r2.credentials
  sensitive   = true
}

output "addons" {
  description = "Manifests of the add-ons by file name: docs/runbooks/k3s-upgrade.md says when they are applied by hand."
  value       = module.k3s.manifests
}

output "upgrade_plans" {
  description = "Plans for the system-upgrade-controller: docs/runbooks/k3s-upgrade.md."
  value       = module.k3s.upgrade_plans
}
