run "local_volumes_are_those_of_k3s" {
  variables {
    cloud = "local"
  }

  assert {
    condition     = output.class_name == "local-path" && length(output.manifests) == 0 && length(output.remote_manifests) == 0
    error_message = "K3s makes local-path by itself."
  }
}

run "aws" {
  variables {
    cloud  = "aws"
    region = "eu-central-1"
  }

  assert {
    condition = yamldecode(output.manifests["neotool-block.yaml"]) == {
      apiVersion           = "storage.k8s.io/v1"
      kind                 = "StorageClass"
      metadata             = { name = "neotool-block", labels = { "app.kubernetes.io/part-of" = "neotool" } }
      provisioner          = "ebs.csi.aws.com"
      parameters           = { type = "gp3", encrypted = "true", "csi.storage.k8s.io/fstype" = "ext4" }
      volumeBindingMode    = "WaitForFirstConsumer"
      allowVolumeExpansion = true
      reclaimPolicy        = "Retain"
    }
    error_message = "Volumes must be encrypted, grow, wait for their pod's zone, and outlive their claim."
  }
  assert {
    condition     = yamldecode(yamldecode(output.manifests["ebs-csi.yaml"]).spec.valuesContent).controller.region == "eu-central-1" && can(regex("^[0-9.]+$", yamldecode(output.manifests["ebs-csi.yaml"]).spec.version))
    error_message = "The driver must be of an exact version, and know its region."
  }
}

run "gcp" {
  variables {
    cloud  = "gcp"
    region = "europe-west3"
  }

  assert {
    condition     = yamldecode(output.manifests["neotool-block.yaml"]).provisioner == "pd.csi.storage.gke.io" && yamldecode(output.manifests["neotool-block.yaml"]).volumeBindingMode == "WaitForFirstConsumer" && yamldecode(output.manifests["neotool-block.yaml"]).allowVolumeExpansion
    error_message = "Volumes must grow, and wait for their pod's zone."
  }
  assert {
    condition     = endswith(output.remote_manifests["pd-csi"], "?ref=v1.17.3")
    error_message = "The driver must be of an exact version."
  }
}

run "azure" {
  variables {
    cloud  = "azure"
    region = "germanywestcentral"
  }

  assert {
    condition     = yamldecode(output.manifests["neotool-block.yaml"]).provisioner == "disk.csi.azure.com" && yamldecode(output.manifests["neotool-block.yaml"]).volumeBindingMode == "WaitForFirstConsumer" && yamldecode(output.manifests["neotool-block.yaml"]).parameters.networkAccessPolicy == "DenyAll"
    error_message = "Volumes must wait for their pod's zone, and nobody may download them."
  }
  assert {
    condition     = alltrue([for part in ["controller", "linux"] : yamldecode(yamldecode(output.manifests["azure-csi.yaml"]).spec.valuesContent)[part].hostNetwork])
    error_message = "The driver must be on the node's network: from the pods' it cannot act as the machines' identity."
  }
}
