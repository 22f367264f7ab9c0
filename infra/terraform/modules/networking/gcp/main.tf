module "rules" {
  source = "../rules"
}

locals {
  # A subnet of this cloud spans all zones; one for each of ours keeps the shape, and the servers' addresses, of the others.
  private_cidrs = { for index, zone in keys(var.zones) : zone => cidrsubnet(var.network_cidr, 4, index) }
}

resource "google_compute_network" "this" {
  name                    = var.name
  auto_create_subnetworks = false
}

# There are no public subnets: the load balancer and Cloud NAT have their addresses outside of the network.
resource "google_compute_subnetwork" "private" {
  for_each = var.zones

  name                     = "${var.name}-private-${each.key}"
  region                   = var.region
  network                  = google_compute_network.this.id
  ip_cidr_range            = local.private_cidrs[each.key]
  private_ip_google_access = true

  log_config {
    aggregation_interval = "INTERVAL_10_MIN"
    flow_sampling        = 0.1
  }
}
