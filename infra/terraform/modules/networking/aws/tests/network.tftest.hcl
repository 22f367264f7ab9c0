mock_provider "aws" {}

variables {
  name           = "neotool-test"
  region         = "eu-central-1"
  zones          = { a = "eu-central-1a", b = "eu-central-1b", c = "eu-central-1c" }
  network_cidr   = "10.20.0.0/16"
  operator_cidrs = ["203.0.113.0/24", "198.51.100.7/32"]
}

run "machines_have_no_way_in_but_by_groups" {
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.machines) == length(module.rules.ingress)
    error_message = "There must be one rule for each way in."
  }
  assert {
    condition     = alltrue([for rule in values(aws_vpc_security_group_ingress_rule.machines) : rule.cidr_ipv4 == null && rule.referenced_security_group_id != null])
    error_message = "A rule lets addresses in instead of a group."
  }
  assert {
    condition = alltrue([
      for name, rule in module.rules.ingress : aws_vpc_security_group_ingress_rule.machines[name].referenced_security_group_id ==
      aws_security_group.this[contains(["nodes", "servers"], rule.from) ? rule.from : "load-balancer"].id
    ])
    error_message = "A rule lets in another group than it says."
  }
  assert {
    condition     = alltrue([for name, rule in module.rules.ingress : aws_vpc_security_group_ingress_rule.machines[name].security_group_id == aws_security_group.this[rule.to].id])
    error_message = "A rule opens another group than it says."
  }
  assert {
    condition     = length(aws_default_security_group.closed.ingress) == 0 && length(aws_default_security_group.closed.egress) == 0
    error_message = "The VPC's default group must have no rule."
  }
}

run "the_load_balancer_lets_everybody_in_on_80_and_443_alone" {
  assert {
    condition     = toset([for rule in values(aws_vpc_security_group_ingress_rule.load_balancer) : rule.to_port if rule.cidr_ipv4 == "0.0.0.0/0"]) == toset([80, 443])
    error_message = "Something else than 80 and 443 is open to the internet."
  }
  assert {
    condition     = toset([for rule in values(aws_vpc_security_group_ingress_rule.load_balancer) : rule.cidr_ipv4 if rule.to_port == 6443]) == var.operator_cidrs
    error_message = "The Kubernetes API must be open to operators alone."
  }
  assert {
    condition     = toset([for listener in values(aws_lb_listener.this) : listener.port]) == toset([80, 443, 6443])
    error_message = "The load balancer must listen on 80, 443 and 6443."
  }
}

run "subnets_span_the_zones_and_machines_go_out_by_nat" {
  assert {
    condition     = toset([for subnet in values(aws_subnet.private) : subnet.availability_zone]) == toset(values(var.zones)) && toset([for subnet in values(aws_subnet.public) : subnet.availability_zone]) == toset(values(var.zones))
    error_message = "There must be a private and a public subnet in each zone."
  }
  assert {
    condition     = [for zone in ["a", "b", "c"] : output.private_subnets[zone].cidr] == ["10.20.0.0/20", "10.20.16.0/20", "10.20.32.0/20"]
    error_message = "Addresses of private subnets have moved: machines would be replaced."
  }
  assert {
    condition     = length(distinct([for subnet in concat(values(aws_subnet.private), values(aws_subnet.public)) : subnet.cidr_block])) == 6
    error_message = "Subnets overlap."
  }
  assert {
    condition     = alltrue([for zone in keys(var.zones) : aws_route.nat[zone].nat_gateway_id == aws_nat_gateway.this[zone].id && aws_nat_gateway.this[zone].subnet_id == aws_subnet.public[zone].id])
    error_message = "Machines must go out by the NAT gateway of their zone."
  }
  assert {
    condition     = alltrue([for subnet in concat(values(aws_subnet.private), values(aws_subnet.public)) : subnet.map_public_ip_on_launch != true])
    error_message = "A machine would be given a public address."
  }
}

run "ways_out_are_those_that_are_named" {
  assert {
    condition     = toset([for rule in values(aws_vpc_security_group_egress_rule.outside) : rule.to_port]) == toset([25, 80, 123, 443, 465, 587])
    error_message = "Machines reach something else outside."
  }
  assert {
    condition     = aws_vpc_security_group_egress_rule.inside.cidr_ipv4 == var.network_cidr
    error_message = "The rule for everything must end at the network."
  }
}

run "outputs" {
  assert {
    condition     = output.kubernetes_api == "https://${output.load_balancer.hostname}:6443" && output.load_balancer.address == ""
    error_message = "The API's address must be that of the load balancer."
  }
  assert {
    condition     = alltrue([for name in ["group-nodes", "group-servers", "target-http", "target-https", "target-api"] : contains(keys(output.attachments), name)])
    error_message = "The k3s module needs these attachments."
  }
}
