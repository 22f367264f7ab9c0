mock_provider "google" {}

variables {
  name = "neotool-test"
  network = {
    network_id = "network"
    private_subnets = {
      a = { id = "subnet-a", cidr = "10.20.0.0/20", zone = "europe-west3-a" }
      b = { id = "subnet-b", cidr = "10.20.16.0/20", zone = "europe-west3-b" }
      c = { id = "subnet-c", cidr = "10.20.32.0/20", zone = "europe-west3-c" }
    }
    kubernetes_api = "https://api.example.org:6443"
    attachments = {
      group-nodes      = "neotool-test-nodes"
      group-servers    = "neotool-test-servers"
      target-servers-a = "servers-a"
      target-servers-b = "servers-b"
      target-servers-c = "servers-c"
      target-agents-a  = "agents-a"
      target-agents-b  = "agents-b"
      target-agents-c  = "agents-c"
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
    condition     = { for machine in values(google_compute_instance.this) : machine.name => machine.zone } == { neotool-test-server-a = "europe-west3-a", neotool-test-server-b = "europe-west3-b", neotool-test-server-c = "europe-west3-c", neotool-test-agent-01 = "europe-west3-a", neotool-test-agent-02 = "europe-west3-b" }
    error_message = "There must be a server in each zone, and the agents in theirs."
  }
  assert {
    condition     = [for name in ["server-a", "server-b", "server-c"] : one(google_compute_instance.this[name].network_interface).network_ip] == ["10.20.15.246", "10.20.31.246", "10.20.47.246"]
    error_message = "Servers must have fixed addresses."
  }
  assert {
    condition     = { for name, address in google_compute_address.server : name => "${address.address} ${address.address_type} ${address.region} ${address.subnetwork}" } == { server-a = "10.20.15.246 INTERNAL europe-west3 subnet-a", server-b = "10.20.31.246 INTERNAL europe-west3 subnet-b", server-c = "10.20.47.246 INTERNAL europe-west3 subnet-c" }
    error_message = "Servers' addresses must be kept for them."
  }
  assert {
    condition     = alltrue([for machine in values(google_compute_instance.this) : machine.machine_type == "n2-standard-8"])
    error_message = "Machines must have 8 CPU and 32 GB."
  }
  assert {
    condition     = toset(google_compute_instance.this["server-a"].tags) == toset(["neotool-test-nodes", "neotool-test-servers"]) && toset(google_compute_instance.this["agent-01"].tags) == toset(["neotool-test-nodes"])
    error_message = "Servers have both tags, agents that of nodes."
  }
}

run "machines_are_closed" {
  assert {
    condition     = alltrue([for machine in values(google_compute_instance.this) : length(one(machine.network_interface).access_config) == 0])
    error_message = "Machines must have no public address."
  }
  assert {
    condition     = alltrue([for machine in values(google_compute_instance.this) : machine.metadata["block-project-ssh-keys"] == "true" && one(machine.shielded_instance_config).enable_secure_boot])
    error_message = "Machines must take no key of the project, and boot what is signed."
  }
  assert {
    condition     = alltrue([for machine in values(google_compute_instance.this) : machine.metadata["enable-oslogin"] == "TRUE"])
    error_message = "People must sign in by OS Login alone."
  }
  assert {
    condition     = alltrue([for machine in values(google_compute_instance.this) : !contains(one(machine.service_account).scopes, "cloud-platform")])
    error_message = "A machine's account must not work with the project."
  }
}

run "the_load_balancer_reaches_them" {
  assert {
    condition     = { for name, member in google_compute_instance_group_membership.this : name => member.instance_group } == { server-a = "servers-a", server-b = "servers-b", server-c = "servers-c", agent-01 = "agents-a", agent-02 = "agents-b" }
    error_message = "Each machine must be in the group of its role and zone."
  }
}
