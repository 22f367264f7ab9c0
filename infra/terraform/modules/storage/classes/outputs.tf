output "class_name" {
  description = "Class for volumes of databases and the like, as the overlays name it."
  value       = local.class_name
}

output "manifests" {
  description = "Manifests of the class and its driver by file name, for the k3s module."
  value       = merge(local.classes, local.drivers[var.cloud])
}

output "remote_manifests" {
  description = "Manifests of the driver that a server fetches when it is born, by name, for the k3s module."
  value       = local.remote[var.cloud]
}
