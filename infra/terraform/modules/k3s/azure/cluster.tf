locals {
  # One server in each zone, at an address that does not change when it is replaced: the others know it by that. It is near the
  # end of its subnet, because clouds give machines that ask for none the lowest that is free.
  servers = {
    for zone, subnet in var.network.private_subnets : "server-${zone}" => { zone = zone, address = cidrhost(subnet.cidr, -10) }
  }
  machines = merge(
    { for name, server in local.servers : name => { role = "server", zone = server.zone, address = server.address } },
    { for name, agent in var.agents : name => { role = "agent", zone = agent.zone, address = null } },
  )
}

module "cluster" {
  source = "../cluster"

  name             = var.name
  servers          = { for name, server in local.servers : name => { address = server.address, zone = var.network.private_subnets[server.zone].zone } }
  agents           = { for name, agent in var.agents : name => { zone = var.network.private_subnets[agent.zone].zone } }
  kubernetes_api   = var.network.kubernetes_api
  k3s_version      = var.k3s_version
  snapshots        = var.snapshots
  acme             = var.acme
  manifests        = merge(var.manifests, local.driver_manifests)
  remote_manifests = var.remote_manifests
}
