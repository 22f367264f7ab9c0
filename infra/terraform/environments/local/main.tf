# One K3s on this host, with K3s' own class of volumes. Its state is a file beside this one: there is nobody to share it with.
module "k3s" {
  source = "../../modules/k3s/local"

  name = var.name
}

module "volumes" {
  source = "../../modules/storage/classes"

  cloud = "local"
}
