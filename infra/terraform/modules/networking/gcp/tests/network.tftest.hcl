mock_provider "google" {}

variables {
  name           = "neotool-test"
  region         = "europe-west3"
  zones          = { a = "europe-west3-a", b = "europe-west3-b", c = "europe-west3-c" }
  network_cidr   = "10.20.0.0/16"
  operator_cidrs = ["203.0.113.0/24", "198.51.100.7/32"]
}

run "the_firewall_has_one_rule_for_each_way_in" {
  assert {
    condition     = toset(concat(keys(google_compute_firewall.from_machines), keys(google_compute_firewall.from_outside))) == toset(keys(module.rules.ingress))
    error_message = "There must be one rule for each way in."
  }
  assert {
    condition     = alltrue([for rule in values(google_compute_firewall.from_machines) : rule.source_ranges == null && length(rule.source_tags) == 1])
    error_message = "A rule between machines lets addresses in."
  }
  assert {
    condition     = toset(flatten([for rule in values(google_compute_firewall.from_outside) : [for allow in rule.allow : allow.ports] if contains(rule.source_ranges, "0.0.0.0/0")])) == toset(["80", "443"])
    error_message = "Something else than 80 and 443 is open to the internet."
  }
  assert {
    condition     = google_compute_firewall.from_outside["kubernetes-api-operators"].source_ranges == var.operator_cidrs
    error_message = "The Kubernetes API must be open to operators alone."
  }
  assert {
    condition     = alltrue([for name, rule in module.rules.ingress : merge(google_compute_firewall.from_machines, google_compute_firewall.from_outside)[name].target_tags == toset(["neotool-test-${rule.to}"])])
    error_message = "A rule opens other machines than it says."
  }
}

run "ssh_comes_by_the_proxy_alone" {
  assert {
    condition     = google_compute_firewall.administration.source_ranges == toset(["35.235.240.0/20"]) && google_compute_firewall.administration.target_tags == toset(["neotool-test-nodes"]) && [for allow in google_compute_firewall.administration.allow : allow.ports] == [tolist(["22"])]
    error_message = "SSH must be open to Identity-Aware Proxy and nobody else."
  }
  assert {
    condition     = !anytrue([for rule in concat(values(google_compute_firewall.from_machines), values(google_compute_firewall.from_outside), [google_compute_firewall.probes]) : anytrue([for allow in rule.allow : contains(allow.ports, "22")])])
    error_message = "Another rule opens SSH."
  }
}

run "ways_out_are_those_that_are_named" {
  assert {
    condition     = toset(flatten([for rule in values(google_compute_firewall.egress) : [for allow in rule.allow : allow.ports]])) == toset(["25", "80", "123", "443", "465", "587"])
    error_message = "Machines reach something else outside."
  }
  assert {
    condition     = one(google_compute_firewall.egress_nothing_else.deny).protocol == "all" && google_compute_firewall.egress_nothing_else.priority == 65000
    error_message = "All else that goes out must be denied."
  }
}

run "subnets_and_nat" {
  assert {
    condition     = google_compute_network.this.auto_create_subnetworks == false && length(google_compute_subnetwork.private) == 3
    error_message = "There must be our three subnets and no other."
  }
  assert {
    condition     = [for zone in ["a", "b", "c"] : output.private_subnets[zone].cidr] == ["10.20.0.0/20", "10.20.16.0/20", "10.20.32.0/20"]
    error_message = "Addresses of private subnets have moved: machines would be replaced."
  }
  assert {
    condition     = length(google_compute_router_nat.this.subnetwork) == 3
    error_message = "Every subnet must go out by NAT."
  }
}

run "the_load_balancer" {
  assert {
    condition     = toset(flatten([for rule in values(google_compute_forwarding_rule.this) : rule.ports])) == toset(["80", "443", "6443"])
    error_message = "The load balancer must listen on 80, 443 and 6443."
  }
  assert {
    condition     = length(google_compute_region_backend_service.this["web"].backend) == 6 && length(google_compute_region_backend_service.this["api"].backend) == 3
    error_message = "Web traffic must go to all machines of each zone, and calls of the API to its servers."
  }
  assert {
    condition     = output.kubernetes_api == "https://${output.load_balancer.address}:6443" && output.load_balancer.hostname == ""
    error_message = "The API's address must be that of the load balancer."
  }
}
