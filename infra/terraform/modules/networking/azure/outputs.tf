output "network_id" {
  description = "The network, by the cloud's own id."
  value       = azurerm_virtual_network.this.id
}

output "private_subnets" {
  description = "Subnets for machines by zone: id, addresses, and the cloud's name of the zone."
  value = {
    for zone, subnet in azurerm_subnet.private : zone => { id = subnet.id, cidr = local.private_cidrs[zone], zone = var.zones[zone] }
  }
}

output "load_balancer" {
  description = "Where the public names must lead: an address (a record of type A) or a host name (CNAME); the other is empty."
  value       = { address = azurerm_public_ip.load_balancer.ip_address, hostname = "" }
}

output "kubernetes_api" {
  description = "Address of the Kubernetes API for operators."
  value       = "https://${azurerm_public_ip.load_balancer.ip_address}:6443"
}

output "attachments" {
  description = "What a machine is put into, for the k3s module of the same cloud alone: groups of rules, and targets of the load balancer."
  value = merge(
    {
      resource-group    = azurerm_resource_group.this.name
      resource-group-id = azurerm_resource_group.this.id
      region            = azurerm_resource_group.this.location
      network-name      = azurerm_virtual_network.this.name
      security-group    = azurerm_network_security_group.this.name
    },
    { for name, group in azurerm_application_security_group.this : "group-${name}" => group.id },
    { for name, pool in azurerm_lb_backend_address_pool.this : "target-${name}" => pool.id },
  )
}
