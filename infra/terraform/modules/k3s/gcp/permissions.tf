# The driver of volumes has an account and a key of its own, in a Secret that no other workload mounts. By the machine's account
# every pod that reaches the metadata address could do what it does.
resource "google_service_account" "volumes" {
  account_id   = "${var.name}-volumes"
  display_name = "Volumes of ${var.name}"
}

resource "google_project_iam_member" "volumes" {
  for_each = toset(["roles/compute.storageAdmin", "roles/compute.instanceAdmin.v1"])

  project = google_service_account.volumes.project
  role    = each.value
  member  = "serviceAccount:${google_service_account.volumes.email}"
}

# To attach a disk to a machine is to act as the machine's account.
resource "google_service_account_iam_member" "volumes" {
  service_account_id = google_service_account.node.name
  role               = "roles/iam.serviceAccountUser"
  member             = "serviceAccount:${google_service_account.volumes.email}"
}

resource "google_service_account_key" "volumes" {
  service_account_id = google_service_account.volumes.name
}

locals {
  driver_manifests = {
    "pd-csi-key.yaml" = yamlencode({
      apiVersion = "v1"
      kind       = "Secret"
      metadata   = { name = "cloud-sa", namespace = "gce-pd-csi-driver" }
      data       = { "cloud-sa.json" = google_service_account_key.volumes.private_key }
    })
  }
}
