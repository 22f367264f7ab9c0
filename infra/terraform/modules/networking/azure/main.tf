module "rules" {
  source = "../rules"
}

locals {
  # A subnet of this cloud spans all zones; one for each of ours lets each have the NAT gateway of its zone.
  private_cidrs = { for index, zone in keys(var.zones) : zone => cidrsubnet(var.network_cidr, 4, index) }
}

resource "azurerm_resource_group" "this" {
  name     = var.name
  location = var.region
}

resource "azurerm_virtual_network" "this" {
  name                = var.name
  location            = azurerm_resource_group.this.location
  resource_group_name = azurerm_resource_group.this.name
  address_space       = [var.network_cidr]
}

# There are no public subnets: the load balancer and the NAT gateways have their addresses outside of the network.
resource "azurerm_subnet" "private" {
  for_each = var.zones

  name                            = "private-${each.key}"
  resource_group_name             = azurerm_resource_group.this.name
  virtual_network_name            = azurerm_virtual_network.this.name
  address_prefixes                = [local.private_cidrs[each.key]]
  default_outbound_access_enabled = false
}
