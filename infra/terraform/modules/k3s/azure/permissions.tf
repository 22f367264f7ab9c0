data "azurerm_client_config" "current" {}

# The driver of volumes acts as this identity of the machines, which may work with disks and machines of this resource group alone. It is
# on the machines' network; from the pods' nobody reaches the metadata address, by which one acts as the machine (../cluster).
resource "azurerm_user_assigned_identity" "node" {
  name                = "${var.name}-node"
  location            = var.network.attachments.region
  resource_group_name = var.network.attachments.resource-group
}

resource "azurerm_role_definition" "volumes" {
  name  = "${var.name}-volumes"
  scope = var.network.attachments.resource-group-id

  permissions {
    actions = [
      "Microsoft.Compute/disks/*",
      "Microsoft.Compute/locations/DiskOperations/read",
      "Microsoft.Compute/locations/operations/read",
      "Microsoft.Compute/snapshots/*",
      "Microsoft.Compute/virtualMachines/read",
      "Microsoft.Compute/virtualMachines/write",
      "Microsoft.Compute/virtualMachines/instanceView/read",
      "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
      "Microsoft.Network/networkInterfaces/join/action",
      "Microsoft.Network/networkInterfaces/read",
    ]
  }
}

resource "azurerm_role_assignment" "volumes" {
  scope              = var.network.attachments.resource-group-id
  role_definition_id = azurerm_role_definition.volumes.role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.node.principal_id
}

locals {
  # The driver looks for this Secret by its name, and finds machines by the names that they have as nodes.
  driver_manifests = {
    "azure-csi-settings.yaml" = yamlencode({
      apiVersion = "v1"
      kind       = "Secret"
      metadata   = { name = "azure-cloud-provider", namespace = "kube-system" }
      stringData = {
        cloud-config = jsonencode({
          cloud                       = "AzurePublicCloud"
          tenantId                    = data.azurerm_client_config.current.tenant_id
          subscriptionId              = data.azurerm_client_config.current.subscription_id
          resourceGroup               = var.network.attachments.resource-group
          location                    = var.network.attachments.region
          vnetName                    = var.network.attachments.network-name
          securityGroupName           = var.network.attachments.security-group
          vmType                      = "standard"
          useInstanceMetadata         = true
          useManagedIdentityExtension = true
          userAssignedIdentityID      = azurerm_user_assigned_identity.node.client_id
        })
      }
    })
  }
}
