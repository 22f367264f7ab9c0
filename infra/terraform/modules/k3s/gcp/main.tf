locals {
  machine_types = { "8/32" = "n2-standard-8", "16/64" = "n2-standard-16" }
  machine_type  = local.machine_types["${var.node.cpu}/${var.node.memory_gb}"]
}

data "google_compute_image" "ubuntu" {
  project = "ubuntu-os-cloud"
  family  = "ubuntu-2404-lts-amd64"
}

# What a machine itself may do: nothing but write its logs and metrics.
resource "google_service_account" "node" {
  account_id   = "${var.name}-node"
  display_name = "Nodes of ${var.name}"
}

# Nobody else is given it, while a server is being replaced either.
resource "google_compute_address" "server" {
  for_each = local.servers

  name         = "${var.name}-${each.key}"
  address_type = "INTERNAL"
  address      = each.value.address
  subnetwork   = var.network.private_subnets[each.value.zone].id
  region       = replace(var.network.private_subnets[each.value.zone].zone, "/-[a-z]$/", "")
}

resource "google_compute_instance" "this" {
  for_each = local.machines

  name         = "${var.name}-${each.key}"
  machine_type = local.machine_type
  zone         = var.network.private_subnets[each.value.zone].zone
  tags         = [for group in each.value.role == "server" ? ["nodes", "servers"] : ["nodes"] : var.network.attachments["group-${group}"]]

  metadata = {
    user-data              = module.cluster.user_data[each.key]
    block-project-ssh-keys = "true"
    enable-oslogin         = "TRUE"
  }

  boot_disk {
    initialize_params {
      image = data.google_compute_image.ubuntu.self_link
      size  = var.node.disk_gb
      type  = "pd-balanced"
    }
  }

  network_interface {
    subnetwork = var.network.private_subnets[each.value.zone].id
    network_ip = each.value.role == "server" ? google_compute_address.server[each.key].address : null
  }

  service_account {
    email  = google_service_account.node.email
    scopes = ["https://www.googleapis.com/auth/logging.write", "https://www.googleapis.com/auth/monitoring.write"]
  }

  shielded_instance_config {
    enable_secure_boot          = true
    enable_vtpm                 = true
    enable_integrity_monitoring = true
  }

  lifecycle {
    # A machine is born once. What is newer reaches it by its own updates and by K3s' Plans, or it is replaced on purpose
    # (docs/runbooks/node-replacement.md), never three servers at once because an image came out. Volumes are attached by their driver.
    ignore_changes = [boot_disk[0].initialize_params[0].image, metadata["user-data"], attached_disk]
  }
}

resource "google_compute_instance_group_membership" "this" {
  for_each = local.machines

  instance       = google_compute_instance.this[each.key].self_link
  instance_group = var.network.attachments["target-${each.value.role}s-${each.value.zone}"]
  zone           = var.network.private_subnets[each.value.zone].zone
}
