output "network_id" {
  description = "The network, by the cloud's own id."
  value       = aws_vpc.this.id
}

output "private_subnets" {
  description = "Subnets for machines by zone: id, addresses, and the cloud's name of the zone."
  value = {
    for zone, subnet in aws_subnet.private : zone => { id = subnet.id, cidr = local.private_cidrs[zone], zone = var.zones[zone] }
  }
}

output "load_balancer" {
  description = "Where the public names must lead: an address (a record of type A) or a host name (CNAME); the other is empty."
  value       = { address = "", hostname = aws_lb.this.dns_name }
}

output "kubernetes_api" {
  description = "Address of the Kubernetes API for operators."
  value       = "https://${aws_lb.this.dns_name}:6443"
}

output "attachments" {
  description = "What a machine is put into, for the k3s module of the same cloud alone: groups of rules, and targets of the load balancer."
  value = merge(
    { for name, group in aws_security_group.this : "group-${name}" => group.id },
    { for name, group in aws_lb_target_group.this : "target-${name}" => group.arn },
  )
}
