locals {
  # A machine may be in one balanced group alone, so servers and agents have their own; web traffic goes to both of them.
  instance_groups = merge([
    for role in ["servers", "agents"] : { for zone, name in var.zones : "${role}-${zone}" => { role = role, zone = name } }
  ]...)
  backends = {
    web = { port = 443, ports = ["80", "443"], roles = ["servers", "agents"] }
    api = { port = 6443, ports = ["6443"], roles = ["servers"] }
  }
}

# The k3s module puts machines into them.
resource "google_compute_instance_group" "this" {
  for_each = local.instance_groups

  name    = "${var.name}-${each.key}"
  zone    = each.value.zone
  network = google_compute_network.this.id
}

resource "google_compute_address" "this" {
  name   = var.name
  region = var.region
}

resource "google_compute_region_health_check" "this" {
  for_each = local.backends

  name   = "${var.name}-${each.key}"
  region = var.region

  tcp_health_check {
    port = each.value.port
  }
}

resource "google_compute_region_backend_service" "this" {
  for_each = local.backends

  name                  = "${var.name}-${each.key}"
  region                = var.region
  protocol              = "TCP"
  load_balancing_scheme = "EXTERNAL"
  health_checks         = [google_compute_region_health_check.this[each.key].id]

  dynamic "backend" {
    for_each = { for name, group in local.instance_groups : name => group if contains(each.value.roles, group.role) }

    content {
      group          = google_compute_instance_group.this[backend.key].id
      balancing_mode = "CONNECTION"
    }
  }
}

resource "google_compute_forwarding_rule" "this" {
  for_each = local.backends

  name                  = "${var.name}-${each.key}"
  region                = var.region
  load_balancing_scheme = "EXTERNAL"
  ip_protocol           = "TCP"
  ip_address            = google_compute_address.this.id
  ports                 = each.value.ports
  backend_service       = google_compute_region_backend_service.this[each.key].id
}
