module "rules" {
  source = "../rules"
}

locals {
  # 4,096 addresses for machines in each zone; public subnets only hold a NAT gateway and a leg of the load balancer.
  private_cidrs = { for index, zone in keys(var.zones) : zone => cidrsubnet(var.network_cidr, 4, index) }
  public_cidrs  = { for index, zone in keys(var.zones) : zone => cidrsubnet(var.network_cidr, 8, 240 + index) }
}

resource "aws_vpc" "this" {
  cidr_block           = var.network_cidr
  enable_dns_hostnames = true
  tags                 = { Name = var.name }
}

# Every VPC has this group, and it lets its members talk to each other: taken over without any rule.
resource "aws_default_security_group" "closed" {
  vpc_id = aws_vpc.this.id
  tags   = { Name = "${var.name}-default-closed" }
}
