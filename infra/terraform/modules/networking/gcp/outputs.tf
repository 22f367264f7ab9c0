output "network_id" {
  description = "The network, by the cloud's own id."
  value       = google_compute_network.this.id
}

output "private_subnets" {
  description = "Subnets for machines by zone: id, addresses, and the cloud's name of the zone."
  value = {
    for zone, subnet in google_compute_subnetwork.private : zone => { id = subnet.id, cidr = local.private_cidrs[zone], zone = var.zones[zone] }
  }
}

output "load_balancer" {
  description = "Where the public names must lead: an address (a record of type A) or a host name (CNAME); the other is empty."
  value       = { address = google_compute_address.this.address, hostname = "" }
}

output "kubernetes_api" {
  description = "Address of the Kubernetes API for operators."
  value       = "https://${google_compute_address.this.address}:6443"
}

output "attachments" {
  description = "What a machine is put into, for the k3s module of the same cloud alone: groups of rules, and targets of the load balancer."
  value = merge(
    { for name, tag in local.groups : "group-${name}" => tag },
    { for name, group in google_compute_instance_group.this : "target-${name}" => group.id },
  )
}
