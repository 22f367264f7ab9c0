mock_provider "azurerm" {}

variables {
  name           = "neotool-test"
  region         = "germanywestcentral"
  zones          = { a = "1", b = "2", c = "3" }
  network_cidr   = "10.20.0.0/16"
  operator_cidrs = ["203.0.113.0/24", "198.51.100.7/32"]
}

run "the_group_has_one_rule_for_each_way_in" {
  assert {
    condition     = length(azurerm_network_security_rule.ingress) == length(module.rules.ingress)
    error_message = "There must be one rule for each way in."
  }
  assert {
    condition     = toset([for rule in values(azurerm_network_security_rule.ingress) : rule.destination_port_range if try(contains(rule.source_address_prefixes, "0.0.0.0/0"), false)]) == toset(["80", "443"])
    error_message = "Something else than 80 and 443 is open to the internet."
  }
  assert {
    condition     = azurerm_network_security_rule.ingress["kubernetes-api-operators"].source_address_prefixes == var.operator_cidrs
    error_message = "The Kubernetes API must be open to operators alone."
  }
  assert {
    condition     = azurerm_network_security_rule.ingress_nothing_else.access == "Deny" && azurerm_network_security_rule.ingress_nothing_else.priority == 4096
    error_message = "All else that comes in must be denied, after what is allowed."
  }
  assert {
    condition     = length(distinct([for rule in concat(values(azurerm_network_security_rule.ingress), [azurerm_network_security_rule.probes, azurerm_network_security_rule.ingress_nothing_else]) : rule.priority])) == length(module.rules.ingress) + 2
    error_message = "Two rules have one priority."
  }
  assert {
    condition     = azurerm_network_security_rule.ingress["etcd"].destination_port_range == "2379-2380" && azurerm_network_security_rule.ingress["pod-network"].protocol == "Udp"
    error_message = "Ports or protocols are other than the rules say."
  }
}

run "ways_out_are_those_that_are_named" {
  assert {
    condition     = toset([for rule in values(azurerm_network_security_rule.egress) : rule.destination_port_range]) == toset(["25", "80", "123", "443", "465", "587"])
    error_message = "Machines reach something else outside."
  }
  assert {
    condition     = azurerm_network_security_rule.egress_nothing_else.access == "Deny"
    error_message = "All else that goes out must be denied."
  }
}

run "subnets_and_nat" {
  assert {
    condition     = alltrue([for subnet in values(azurerm_subnet.private) : subnet.default_outbound_access_enabled == false])
    error_message = "Machines must go out by NAT alone."
  }
  assert {
    condition     = [for zone in ["a", "b", "c"] : output.private_subnets[zone].cidr] == ["10.20.0.0/20", "10.20.16.0/20", "10.20.32.0/20"]
    error_message = "Addresses of private subnets have moved: machines would be replaced."
  }
  assert {
    condition     = alltrue([for zone, id in var.zones : azurerm_nat_gateway.this[zone].zones == toset([id])])
    error_message = "There must be a NAT gateway in each zone."
  }
  assert {
    condition     = length(azurerm_subnet_network_security_group_association.this) == 3 && length(azurerm_subnet_nat_gateway_association.this) == 3
    error_message = "Every subnet must have the rules and a NAT gateway."
  }
}

run "the_load_balancer" {
  assert {
    condition     = toset([for rule in values(azurerm_lb_rule.this) : rule.frontend_port]) == toset([80, 443, 6443])
    error_message = "The load balancer must listen on 80, 443 and 6443."
  }
  assert {
    condition     = azurerm_lb_rule.this["api"].backend_address_pool_ids == tolist([azurerm_lb_backend_address_pool.this["servers"].id])
    error_message = "Calls of the API must go to the servers."
  }
  assert {
    condition     = output.kubernetes_api == "https://${output.load_balancer.address}:6443" && output.load_balancer.hostname == ""
    error_message = "The API's address must be that of the load balancer."
  }
}
