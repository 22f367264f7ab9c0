mock_provider "aws" {}

variables {
  name = "neotool-test"
  network = {
    network_id = "network"
    private_subnets = {
      a = { id = "subnet-a", cidr = "10.20.0.0/20", zone = "eu-central-1a" }
      b = { id = "subnet-b", cidr = "10.20.16.0/20", zone = "eu-central-1b" }
      c = { id = "subnet-c", cidr = "10.20.32.0/20", zone = "eu-central-1c" }
    }
    kubernetes_api = "https://api.example.org:6443"
    attachments    = { group-nodes = "sg-nodes", group-servers = "sg-servers", target-http = "arn:http", target-https = "arn:https", target-api = "arn:api" }
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
    condition     = { for name, machine in aws_instance.this : machine.tags.Name => machine.subnet_id } == { neotool-test-server-a = "subnet-a", neotool-test-server-b = "subnet-b", neotool-test-server-c = "subnet-c", neotool-test-agent-01 = "subnet-a", neotool-test-agent-02 = "subnet-b" }
    error_message = "There must be a server in each zone, and the agents in theirs."
  }
  assert {
    condition     = [for name in ["server-a", "server-b", "server-c"] : aws_instance.this[name].private_ip] == ["10.20.15.246", "10.20.31.246", "10.20.47.246"]
    error_message = "Servers must have fixed addresses."
  }
  assert {
    condition     = alltrue([for machine in values(aws_instance.this) : machine.instance_type == "m7i.2xlarge"])
    error_message = "Machines must have 8 CPU and 32 GB."
  }
  assert {
    condition     = aws_instance.this["server-a"].vpc_security_group_ids == toset(["sg-nodes", "sg-servers"]) && aws_instance.this["agent-01"].vpc_security_group_ids == toset(["sg-nodes"])
    error_message = "Servers are in both groups, agents in that of nodes."
  }
}

run "machines_are_closed" {
  assert {
    condition     = alltrue([for machine in values(aws_instance.this) : one(machine.root_block_device).encrypted && one(machine.root_block_device).volume_size == 100])
    error_message = "Disks must be encrypted, and of the size that was asked for."
  }
  assert {
    condition     = alltrue([for machine in values(aws_instance.this) : one(machine.metadata_options).http_tokens == "required" && one(machine.metadata_options).http_put_response_hop_limit == 1])
    error_message = "Pods must not read the user data."
  }
  assert {
    condition     = alltrue([for machine in values(aws_instance.this) : machine.associate_public_ip_address != true && machine.key_name != "neotool"])
    error_message = "Machines must have no public address."
  }
}

run "the_load_balancer_reaches_them" {
  assert {
    condition     = length([for target in values(aws_lb_target_group_attachment.this) : target if target.target_group_arn == "arn:api"]) == 3 && length(aws_lb_target_group_attachment.this) == 13
    error_message = "Servers take calls of the API, and all machines web traffic."
  }
}

run "larger_machines" {
  variables {
    node = { cpu = 16, memory_gb = 64, disk_gb = 200 }
  }

  assert {
    condition     = alltrue([for machine in values(aws_instance.this) : machine.instance_type == "m7i.4xlarge" && one(machine.root_block_device).volume_size == 200])
    error_message = "Machines must have 16 CPU and 64 GB."
  }
}
