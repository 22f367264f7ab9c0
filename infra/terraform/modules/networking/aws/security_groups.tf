locals {
  # Machines have the group of nodes, servers theirs besides. Whoever comes from outside comes through the load balancer.
  groups = {
    nodes         = "All machines of ${var.name}"
    servers       = "Machines of ${var.name} that run the control plane"
    load-balancer = "Load balancer of ${var.name}"
  }
  outside_cidrs = { operators = var.operator_cidrs, internet = toset(["0.0.0.0/0"]) }
  outside_rules = { for name, rule in module.rules.ingress : name => rule if contains(keys(local.outside_cidrs), rule.from) }

  # One for each rule and network that it is open to.
  from_outside = merge([
    for name, rule in local.outside_rules : {
      for cidr in local.outside_cidrs[rule.from] : "${name} ${cidr}" => merge(rule, { cidr = cidr })
    }
  ]...)
}

resource "aws_security_group" "this" {
  for_each = local.groups

  name        = "${var.name}-${each.key}"
  description = each.value
  vpc_id      = aws_vpc.this.id
  tags        = { Name = "${var.name}-${each.key}" }
}

resource "aws_vpc_security_group_ingress_rule" "machines" {
  for_each = module.rules.ingress

  security_group_id            = aws_security_group.this[each.value.to].id
  referenced_security_group_id = aws_security_group.this[try(local.groups[each.value.from], null) == null ? "load-balancer" : each.value.from].id
  description                  = each.value.description
  ip_protocol                  = each.value.protocol
  from_port                    = each.value.from_port
  to_port                      = each.value.to_port
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  for_each = local.from_outside

  security_group_id = aws_security_group.this["load-balancer"].id
  cidr_ipv4         = each.value.cidr
  description       = each.value.description
  ip_protocol       = each.value.protocol
  from_port         = each.value.from_port
  to_port           = each.value.to_port
}

resource "aws_vpc_security_group_egress_rule" "load_balancer" {
  for_each = local.outside_rules

  security_group_id            = aws_security_group.this["load-balancer"].id
  referenced_security_group_id = aws_security_group.this[each.value.to].id
  description                  = each.value.description
  ip_protocol                  = each.value.protocol
  from_port                    = each.value.from_port
  to_port                      = each.value.to_port
}

# What comes in is decided at the other end, by the rules above.
resource "aws_vpc_security_group_egress_rule" "inside" {
  security_group_id = aws_security_group.this["nodes"].id
  cidr_ipv4         = var.network_cidr
  description       = "Everything within the network"
  ip_protocol       = "-1"
}

resource "aws_vpc_security_group_egress_rule" "outside" {
  for_each = module.rules.egress

  security_group_id = aws_security_group.this["nodes"].id
  cidr_ipv4         = "0.0.0.0/0"
  description       = each.value.description
  ip_protocol       = each.value.protocol
  from_port         = each.value.port
  to_port           = each.value.port
}
