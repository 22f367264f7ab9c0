# The class of volumes for databases, Kafka, Vault, Prometheus and Loki, and the driver behind it. Both are manifests that K3s applies
# when it starts, not resources of the kubernetes provider: that one would have to reach a cluster which the same apply makes.
locals {
  class_names = { local = "local-path", aws = "neotool-block", gcp = "neotool-block", azure = "neotool-block" }
  class_name  = local.class_names[var.cloud]

  # Encrypted by the cloud's own keys, on SSDs; GCP encrypts every disk and has no word for it.
  disks = {
    aws   = { provisioner = "ebs.csi.aws.com", parameters = { type = "gp3", encrypted = "true", "csi.storage.k8s.io/fstype" = "ext4" } }
    gcp   = { provisioner = "pd.csi.storage.gke.io", parameters = { type = "pd-balanced", "csi.storage.k8s.io/fstype" = "ext4" } }
    azure = { provisioner = "disk.csi.azure.com", parameters = { skuName = "Premium_LRS", networkAccessPolicy = "DenyAll", fsType = "ext4" } }
  }

  # K3s makes local-path by itself.
  classes = {
    for cloud, disk in local.disks : "neotool-block.yaml" => yamlencode({
      apiVersion = "storage.k8s.io/v1"
      kind       = "StorageClass"
      metadata   = { name = local.class_name, labels = { "app.kubernetes.io/part-of" = "neotool" } }

      provisioner = disk.provisioner
      parameters  = disk.parameters
      # A disk is made in the zone of the pod that waits for it.
      volumeBindingMode    = "WaitForFirstConsumer"
      allowVolumeExpansion = true
      # A deleted claim does not take a database with it.
      reclaimPolicy = "Retain"
    }) if cloud == var.cloud
  }

  drivers = {
    local = {}
    aws   = { "ebs-csi.yaml" = templatefile("${path.module}/drivers/aws.yaml.tftpl", { region = var.region }) }
    gcp   = {}
    azure = { "azure-csi.yaml" = file("${path.module}/drivers/azure.yaml") }
  }

  # Google publishes no chart of its driver. Its image is another patch than these manifests say: ../../k3s/cluster/user_data.tf.
  remote = {
    local = {}
    aws   = {}
    gcp = {
      pd-csi = "https://github.com/kubernetes-sigs/gcp-compute-persistent-disk-csi-driver//deploy/kubernetes/overlays/stable-master?ref=v1.17.3"
    }
    azure = {}
  }
}
