locals {
  # 80 and 443 lead to Traefik, which K3s opens on every node; 6443 to the API of the servers.
  listeners = {
    http  = { port = 80, pool = "nodes", probe = 443 }
    https = { port = 443, pool = "nodes", probe = 443 }
    api   = { port = 6443, pool = "servers", probe = 6443 }
  }
}

resource "azurerm_public_ip" "load_balancer" {
  name                = "${var.name}-load-balancer"
  location            = azurerm_resource_group.this.location
  resource_group_name = azurerm_resource_group.this.name
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = values(var.zones)
}

resource "azurerm_lb" "this" {
  name                = var.name
  location            = azurerm_resource_group.this.location
  resource_group_name = azurerm_resource_group.this.name
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.load_balancer.id
  }
}

resource "azurerm_lb_backend_address_pool" "this" {
  for_each = local.groups

  name            = each.key
  loadbalancer_id = azurerm_lb.this.id
}

resource "azurerm_lb_probe" "this" {
  for_each = local.listeners

  name                = each.key
  loadbalancer_id     = azurerm_lb.this.id
  protocol            = "Tcp"
  port                = each.value.probe
  interval_in_seconds = 10
}

resource "azurerm_lb_rule" "this" {
  for_each = local.listeners

  name                           = each.key
  loadbalancer_id                = azurerm_lb.this.id
  protocol                       = "Tcp"
  frontend_port                  = each.value.port
  backend_port                   = each.value.port
  frontend_ip_configuration_name = "public"
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.this[each.value.pool].id]
  probe_id                       = azurerm_lb_probe.this[each.key].id
  # Machines go out by the NAT gateways.
  disable_outbound_snat = true
}
