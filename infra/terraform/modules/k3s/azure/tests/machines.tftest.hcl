mock_provider "azurerm" {}

variables {
  name = "neotool-test"
  network = {
    network_id = "network"
    private_subnets = {
      a = { id = "subnet-a", cidr = "10.20.0.0/20", zone = "1" }
      b = { id = "subnet-b", cidr = "10.20.16.0/20", zone = "2" }
      c = { id = "subnet-c", cidr = "10.20.32.0/20", zone = "3" }
    }
    kubernetes_api = "https://api.example.org:6443"
    attachments = {
      resource-group    = "neotool-test"
      resource-group-id = "/subscriptions/one/resourceGroups/neotool-test"
      region            = "germanywestcentral"
      network-name      = "neotool-test"
      security-group    = "neotool-test"
      group-nodes       = "asg-nodes"
      group-servers     = "asg-servers"
      target-nodes      = "pool-nodes"
      target-servers    = "pool-servers"
    }
  }
  agents = { agent-01 = { zone = "a" }, agent-02 = { zone = "b" } }
  snapshots = {
    endpoint          = "account.r2.cloudflarestorage.com"
    region            = "auto"
    bucket            = "neotool-backups"
    folder            = "neotool-test/etcd"
    access_key_id     = "key-id"
    secret_access_key = "key-secret"
  }
  acme = { email = "platform@example.org" }
}

run "three_servers_and_the_agents" {
  assert {
    condition     = { for machine in values(azurerm_linux_virtual_machine.this) : machine.name => machine.zone } == { neotool-test-server-a = "1", neotool-test-server-b = "2", neotool-test-server-c = "3", neotool-test-agent-01 = "1", neotool-test-agent-02 = "2" }
    error_message = "There must be a server in each zone, and the agents in theirs."
  }
  assert {
    condition     = [for name in ["server-a", "server-b", "server-c"] : one(azurerm_network_interface.this[name].ip_configuration).private_ip_address] == ["10.20.15.246", "10.20.31.246", "10.20.47.246"]
    error_message = "Servers must have fixed addresses."
  }
  assert {
    condition     = alltrue([for machine in values(azurerm_linux_virtual_machine.this) : machine.size == "Standard_D8s_v5"])
    error_message = "Machines must have 8 CPU and 32 GB."
  }
}

run "machines_are_closed" {
  assert {
    condition     = alltrue([for machine in values(azurerm_linux_virtual_machine.this) : machine.encryption_at_host_enabled && machine.disable_password_authentication && machine.secure_boot_enabled])
    error_message = "Disks must be encrypted, and nobody may sign in by a password."
  }
  assert {
    condition     = alltrue([for interface in values(azurerm_network_interface.this) : one(interface.ip_configuration).public_ip_address_id == null || one(interface.ip_configuration).public_ip_address_id == ""])
    error_message = "Machines must have no public address."
  }
  assert {
    condition     = alltrue([for machine in values(azurerm_linux_virtual_machine.this) : machine.allow_extension_operations && length(machine.boot_diagnostics) == 1])
    error_message = "Operators must get to root on a machine by Run Command, and read what it said when it started."
  }
  assert {
    condition     = azurerm_role_assignment.volumes.scope == "/subscriptions/one/resourceGroups/neotool-test"
    error_message = "The machines' identity must end at the resource group."
  }
  assert {
    condition = length(setsubtract(
      ["Microsoft.Compute/locations/DiskOperations/read", "Microsoft.Compute/locations/operations/read"],
      flatten(azurerm_role_definition.volumes.permissions[*].actions),
    )) == 0
    error_message = "The driver must be able to ask how its work on a disk goes on."
  }
}

run "rules_and_the_load_balancer_reach_them" {
  assert {
    condition     = { for name, member in azurerm_network_interface_application_security_group_association.this : name => member.application_security_group_id } == merge({ for name in ["server-a", "server-b", "server-c", "agent-01", "agent-02"] : "${name} nodes" => "asg-nodes" }, { for name in ["server-a", "server-b", "server-c"] : "${name} servers" => "asg-servers" })
    error_message = "Servers are in both groups, agents in that of nodes."
  }
  assert {
    condition     = keys(azurerm_network_interface_backend_address_pool_association.this) == keys(azurerm_network_interface_application_security_group_association.this)
    error_message = "A machine must be in the pools of its groups."
  }
}
