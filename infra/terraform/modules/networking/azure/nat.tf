# One in each zone, so that a lost zone takes nobody else's way out with it.
resource "azurerm_public_ip" "nat" {
  for_each = var.zones

  name                = "${var.name}-nat-${each.key}"
  location            = azurerm_resource_group.this.location
  resource_group_name = azurerm_resource_group.this.name
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = [each.value]
}

resource "azurerm_nat_gateway" "this" {
  for_each = var.zones

  name                = "${var.name}-${each.key}"
  location            = azurerm_resource_group.this.location
  resource_group_name = azurerm_resource_group.this.name
  sku_name            = "Standard"
  zones               = [each.value]
}

resource "azurerm_nat_gateway_public_ip_association" "this" {
  for_each = var.zones

  nat_gateway_id       = azurerm_nat_gateway.this[each.key].id
  public_ip_address_id = azurerm_public_ip.nat[each.key].id
}

resource "azurerm_subnet_nat_gateway_association" "this" {
  for_each = var.zones

  subnet_id      = azurerm_subnet.private[each.key].id
  nat_gateway_id = azurerm_nat_gateway.this[each.key].id
}
