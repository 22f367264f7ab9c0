locals {
  groups         = toset(["nodes", "servers"])
  outside_cidrs  = { operators = var.operator_cidrs, internet = toset(["0.0.0.0/0"]) }
  ingress_places = { for index, name in keys(module.rules.ingress) : name => 200 + index }
  egress_places  = { for index, name in keys(module.rules.egress) : name => 300 + index }
}

# Machines are put into them, and rules name them: an address may change, what a machine is does not.
resource "azurerm_application_security_group" "this" {
  for_each = local.groups

  name                = "${var.name}-${each.key}"
  location            = azurerm_resource_group.this.location
  resource_group_name = azurerm_resource_group.this.name
}

resource "azurerm_network_security_group" "this" {
  name                = var.name
  location            = azurerm_resource_group.this.location
  resource_group_name = azurerm_resource_group.this.name
}

resource "azurerm_subnet_network_security_group_association" "this" {
  for_each = var.zones

  subnet_id                 = azurerm_subnet.private[each.key].id
  network_security_group_id = azurerm_network_security_group.this.id
}

# The load balancer passes packets through: their sender is still the client.
resource "azurerm_network_security_rule" "ingress" {
  for_each = module.rules.ingress

  name                                       = each.key
  description                                = each.value.description
  resource_group_name                        = azurerm_resource_group.this.name
  network_security_group_name                = azurerm_network_security_group.this.name
  priority                                   = local.ingress_places[each.key]
  direction                                  = "Inbound"
  access                                     = "Allow"
  protocol                                   = title(each.value.protocol)
  source_port_range                          = "*"
  source_application_security_group_ids      = contains(local.groups, each.value.from) ? [azurerm_application_security_group.this[each.value.from].id] : null
  source_address_prefixes                    = contains(local.groups, each.value.from) ? null : local.outside_cidrs[each.value.from]
  destination_application_security_group_ids = [azurerm_application_security_group.this[each.value.to].id]
  destination_port_range                     = each.value.from_port == each.value.to_port ? tostring(each.value.to_port) : "${each.value.from_port}-${each.value.to_port}"
}

resource "azurerm_network_security_rule" "probes" {
  name                        = "probes"
  description                 = "Probes of the load balancer"
  resource_group_name         = azurerm_resource_group.this.name
  network_security_group_name = azurerm_network_security_group.this.name
  priority                    = 250
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefix       = "AzureLoadBalancer"
  destination_address_prefix  = var.network_cidr
  destination_port_ranges     = ["443", "6443"]
}

# A group of this cloud ends with rules that let the whole network in and everything out: these come before.
resource "azurerm_network_security_rule" "ingress_nothing_else" {
  name                        = "ingress-nothing-else"
  description                 = "Nothing else comes in"
  resource_group_name         = azurerm_resource_group.this.name
  network_security_group_name = azurerm_network_security_group.this.name
  priority                    = 4096
  direction                   = "Inbound"
  access                      = "Deny"
  protocol                    = "*"
  source_port_range           = "*"
  source_address_prefix       = "*"
  destination_address_prefix  = "*"
  destination_port_range      = "*"
}

resource "azurerm_network_security_rule" "egress_inside" {
  name                        = "egress-inside"
  description                 = "Everything within the network; what comes in is decided at the other end"
  resource_group_name         = azurerm_resource_group.this.name
  network_security_group_name = azurerm_network_security_group.this.name
  priority                    = 200
  direction                   = "Outbound"
  access                      = "Allow"
  protocol                    = "*"
  source_port_range           = "*"
  source_address_prefix       = var.network_cidr
  destination_address_prefix  = var.network_cidr
  destination_port_range      = "*"
}

resource "azurerm_network_security_rule" "egress" {
  for_each = module.rules.egress

  name                        = "egress-${each.key}"
  description                 = each.value.description
  resource_group_name         = azurerm_resource_group.this.name
  network_security_group_name = azurerm_network_security_group.this.name
  priority                    = local.egress_places[each.key]
  direction                   = "Outbound"
  access                      = "Allow"
  protocol                    = title(each.value.protocol)
  source_port_range           = "*"
  source_address_prefix       = var.network_cidr
  destination_address_prefix  = "Internet"
  destination_port_range      = tostring(each.value.port)
}

resource "azurerm_network_security_rule" "egress_nothing_else" {
  name                        = "egress-nothing-else"
  description                 = "Nothing else goes out"
  resource_group_name         = azurerm_resource_group.this.name
  network_security_group_name = azurerm_network_security_group.this.name
  priority                    = 4096
  direction                   = "Outbound"
  access                      = "Deny"
  protocol                    = "*"
  source_port_range           = "*"
  source_address_prefix       = "*"
  destination_address_prefix  = "*"
  destination_port_range      = "*"
}
