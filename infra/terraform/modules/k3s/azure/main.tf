locals {
  sizes = { "8/32" = "Standard_D8s_v5", "16/64" = "Standard_D16s_v5" }
  size  = local.sizes["${var.node.cpu}/${var.node.memory_gb}"]

  memberships = merge([
    for name, machine in local.machines : {
      for group in machine.role == "server" ? ["nodes", "servers"] : ["nodes"] : "${name} ${group}" => { machine = name, group = group }
    }
  ]...)
}

# Azure makes no machine without a key. Nobody is given this one, and no rule opens SSH: there is Run Command.
resource "tls_private_key" "unused" {
  algorithm = "RSA"
  rsa_bits  = 4096
}

resource "azurerm_network_interface" "this" {
  for_each = local.machines

  name                           = "${var.name}-${each.key}"
  location                       = var.network.attachments.region
  resource_group_name            = var.network.attachments.resource-group
  accelerated_networking_enabled = true

  ip_configuration {
    name                          = "private"
    subnet_id                     = var.network.private_subnets[each.value.zone].id
    private_ip_address_allocation = each.value.address == null ? "Dynamic" : "Static"
    private_ip_address            = each.value.address
  }
}

resource "azurerm_network_interface_application_security_group_association" "this" {
  for_each = local.memberships

  network_interface_id          = azurerm_network_interface.this[each.value.machine].id
  application_security_group_id = var.network.attachments["group-${each.value.group}"]
}

resource "azurerm_network_interface_backend_address_pool_association" "this" {
  for_each = local.memberships

  network_interface_id    = azurerm_network_interface.this[each.value.machine].id
  ip_configuration_name   = "private"
  backend_address_pool_id = var.network.attachments["target-${each.value.group}"]
}

resource "azurerm_linux_virtual_machine" "this" {
  for_each = local.machines

  name                            = "${var.name}-${each.key}"
  location                        = var.network.attachments.region
  resource_group_name             = var.network.attachments.resource-group
  zone                            = var.network.private_subnets[each.value.zone].zone
  size                            = local.size
  network_interface_ids           = [azurerm_network_interface.this[each.key].id]
  admin_username                  = "neotool"
  disable_password_authentication = true
  encryption_at_host_enabled      = true
  secure_boot_enabled             = true
  vtpm_enabled                    = true
  # Run Command, the way to root on a machine, is an extension.
  allow_extension_operations = true
  custom_data                = base64gzip(module.cluster.user_data[each.key])

  admin_ssh_key {
    username   = "neotool"
    public_key = tls_private_key.unused.public_key_openssh
  }

  # What a machine says when it starts, in storage of Azure's own.
  boot_diagnostics {}

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.node.id]
  }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Premium_LRS"
    disk_size_gb         = var.node.disk_gb
  }

  source_image_reference {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = "server"
    version   = "latest"
  }

  lifecycle {
    # A machine is born once. What is newer reaches it by its own updates and by K3s' Plans, or it is replaced on purpose
    # (docs/runbooks/node-replacement.md), never three servers at once because an image came out.
    ignore_changes = [custom_data, source_image_reference]
  }

  depends_on = [azurerm_network_interface_application_security_group_association.this]
}
