output "ingress" {
  description = "What may reach a machine, by name: from whom, to which machines, on which ports."
  value       = local.ingress
}

output "egress" {
  description = "What a machine may reach outside of its network, by name."
  value       = local.egress
}
