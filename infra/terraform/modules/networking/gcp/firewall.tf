locals {
  # Machines carry these as network tags.
  groups        = { nodes = "${var.name}-nodes", servers = "${var.name}-servers" }
  outside_cidrs = { operators = var.operator_cidrs, internet = toset(["0.0.0.0/0"]) }
  # From where the load balancer asks whether a machine is well, as Google documents it.
  probe_cidrs = ["35.191.0.0/16", "209.85.152.0/22", "209.85.204.0/22"]
  # From where Identity-Aware Proxy forwards what it has let through, as Google documents it.
  proxy_cidrs = ["35.235.240.0/20"]
}

resource "google_compute_firewall" "from_machines" {
  for_each = { for name, rule in module.rules.ingress : name => rule if contains(keys(local.groups), rule.from) }

  name        = "${var.name}-${each.key}"
  description = each.value.description
  network     = google_compute_network.this.id
  direction   = "INGRESS"
  target_tags = [local.groups[each.value.to]]
  source_tags = [local.groups[each.value.from]]

  allow {
    protocol = each.value.protocol
    ports    = [each.value.from_port == each.value.to_port ? tostring(each.value.to_port) : "${each.value.from_port}-${each.value.to_port}"]
  }
}

# The load balancer passes packets through: their sender is still the client.
resource "google_compute_firewall" "from_outside" {
  for_each = { for name, rule in module.rules.ingress : name => rule if contains(keys(local.outside_cidrs), rule.from) }

  name          = "${var.name}-${each.key}"
  description   = each.value.description
  network       = google_compute_network.this.id
  direction     = "INGRESS"
  target_tags   = [local.groups[each.value.to]]
  source_ranges = local.outside_cidrs[each.value.from]

  allow {
    protocol = each.value.protocol
    ports    = [tostring(each.value.to_port)]
  }
}

resource "google_compute_firewall" "probes" {
  name          = "${var.name}-probes"
  description   = "Probes of the load balancer"
  network       = google_compute_network.this.id
  direction     = "INGRESS"
  target_tags   = [local.groups.nodes]
  source_ranges = local.probe_cidrs

  allow {
    protocol = "tcp"
    ports    = ["443", "6443"]
  }
}

# This cloud has no Session Manager and no Run Command. The proxy lets in who may by IAM, and OS Login makes them somebody on the machine.
resource "google_compute_firewall" "administration" {
  name          = "${var.name}-administration"
  description   = "SSH by Identity-Aware Proxy"
  network       = google_compute_network.this.id
  direction     = "INGRESS"
  target_tags   = [local.groups.nodes]
  source_ranges = local.proxy_cidrs

  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

resource "google_compute_firewall" "egress_inside" {
  name               = "${var.name}-egress-inside"
  description        = "Everything within the network; what comes in is decided at the other end."
  network            = google_compute_network.this.id
  direction          = "EGRESS"
  target_tags        = [local.groups.nodes]
  destination_ranges = [var.network_cidr]

  allow {
    protocol = "all"
  }
}

resource "google_compute_firewall" "egress" {
  for_each = module.rules.egress

  name               = "${var.name}-egress-${each.key}"
  description        = each.value.description
  network            = google_compute_network.this.id
  direction          = "EGRESS"
  target_tags        = [local.groups.nodes]
  destination_ranges = ["0.0.0.0/0"]

  allow {
    protocol = each.value.protocol
    ports    = [tostring(each.value.port)]
  }
}

# A network of this cloud lets everything out unless something says no; after all that says yes.
resource "google_compute_firewall" "egress_nothing_else" {
  name               = "${var.name}-egress-nothing-else"
  description        = "Nothing else goes out"
  network            = google_compute_network.this.id
  direction          = "EGRESS"
  priority           = 65000
  destination_ranges = ["0.0.0.0/0"]

  deny {
    protocol = "all"
  }
}
