# The class cloudflare-r2 is for bulk files that are written once and read whole, never for a database: docs/decisions/0003. It is
# described in the overlay; here is what it needs: the driver, the bucket and the key.
locals {
  class             = yamldecode(var.bulk_class)
  class_with_bucket = merge(local.class, { parameters = merge(local.class.parameters, { bucket = cloudflare_r2_bucket.this["bulk"].name }) })
  driver            = file("${path.module}/driver.yaml")
  class_secret = yamlencode({
    apiVersion = "v1"
    kind       = "Secret"
    metadata = {
      name      = local.class.parameters["csi.storage.k8s.io/provisioner-secret-name"]
      namespace = local.class.parameters["csi.storage.k8s.io/provisioner-secret-namespace"]
    }
    stringData = {
      endpoint        = "https://${local.host}"
      accessKeyID     = local.credentials["bulk"].access_key_id
      secretAccessKey = local.credentials["bulk"].secret_access_key
    }
  })
}
