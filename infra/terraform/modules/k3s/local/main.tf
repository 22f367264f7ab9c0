locals {
  settings = yamlencode({
    node-name             = var.name
    write-kubeconfig      = var.kubeconfig_path
    write-kubeconfig-mode = "0600"
  })
  # What the overlay `local` needs beside what is in K3s; there is one file of it, for the clouds too.
  manifest = file("${path.module}/../cluster/manifests/prometheus-operator-crds.yaml")
}

# K3s becomes a service of this very host. No API does that, so K3s' own script does, as root; nothing else of Neotool's Terraform
# runs a program. Another version or other settings run it again, which keeps what is in the cluster.
resource "terraform_data" "install" {
  triggers_replace = [var.k3s_version, local.settings, local.manifest]

  provisioner "local-exec" {
    command = "${path.module}/install.sh"

    # K3s' script writes all that is called K3S_… into the environment of its service.
    environment = {
      NEOTOOL_K3S_VERSION         = var.k3s_version
      NEOTOOL_K3S_VERSION_ENCODED = urlencode(var.k3s_version)
      NEOTOOL_K3S_SETTINGS        = local.settings
      NEOTOOL_K3S_MANIFEST        = local.manifest
    }
  }

  depends_on = [terraform_data.presence]
}

# Destroyed by `terraform destroy` alone: then K3s goes, with everything in it.
resource "terraform_data" "presence" {
  provisioner "local-exec" {
    when    = destroy
    command = "test ! -x /usr/local/bin/k3s-uninstall.sh || /usr/local/bin/k3s-uninstall.sh"
  }
}

data "local_sensitive_file" "kubeconfig" {
  filename   = var.kubeconfig_path
  depends_on = [terraform_data.install]
}
