locals {
  instance_types = { "8/32" = "m7i.2xlarge", "16/64" = "m7i.4xlarge" }
  instance_type  = local.instance_types["${var.node.cpu}/${var.node.memory_gb}"]

  targets = merge([
    for name, machine in local.machines : {
      for target in machine.role == "server" ? ["http", "https", "api"] : ["http", "https"] :
      "${name} ${target}" => { machine = name, target = target }
    }
  ]...)
}

data "aws_ami" "ubuntu" {
  most_recent = true
  # Canonical.
  owners = ["099720109477"]

  filter {
    name   = "name"
    values = ["ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*"]
  }
}

resource "aws_instance" "this" {
  for_each = local.machines

  ami                    = data.aws_ami.ubuntu.id
  instance_type          = local.instance_type
  subnet_id              = var.network.private_subnets[each.value.zone].id
  private_ip             = each.value.address
  iam_instance_profile   = aws_iam_instance_profile.node.name
  vpc_security_group_ids = [for group in each.value.role == "server" ? ["nodes", "servers"] : ["nodes"] : var.network.attachments["group-${group}"]]
  # Compressed: user data may have 16 KB.
  user_data_base64 = base64gzip(module.cluster.user_data[each.key])
  ebs_optimized    = true
  monitoring       = true
  tags             = { Name = "${var.name}-${each.key}" }

  metadata_options {
    http_tokens = "required"
    # One hop: pods do not see the user data, by which one joins the cluster.
    http_put_response_hop_limit = 1
  }

  root_block_device {
    volume_type = "gp3"
    volume_size = var.node.disk_gb
    encrypted   = true
  }

  lifecycle {
    # A machine is born once. What is newer reaches it by its own updates and by K3s' Plans, or it is replaced on purpose
    # (docs/runbooks/node-replacement.md), never three servers at once because an image came out.
    ignore_changes = [ami, user_data_base64]
  }
}

resource "aws_lb_target_group_attachment" "this" {
  for_each = local.targets

  target_group_arn = var.network.attachments["target-${each.value.target}"]
  target_id        = aws_instance.this[each.value.machine].id
}
