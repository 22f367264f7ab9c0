mock_provider "cloudflare" {}

override_module {
  target  = module.permission
  outputs = { id = "permission-write" }
}

variables {
  name       = "neotool-test"
  account_id = "0123456789abcdef0123456789abcdef"
  buckets = {
    assets  = { name = "test-assets" }
    public  = { name = "test-public", public = true }
    backups = { name = "test-backups", expire_days = 35 }
    bulk    = { name = "test-bulk" }
  }
  allowed_origins = ["https://example.org"]
  bulk_class      = <<-CLASS
    apiVersion: storage.k8s.io/v1
    kind: StorageClass
    metadata:
      name: cloudflare-r2
    provisioner: ru.yandex.s3.csi
    reclaimPolicy: Retain
    parameters:
      mounter: geesefs
      bucket: another
      csi.storage.k8s.io/provisioner-secret-name: cloudflare-r2
      csi.storage.k8s.io/provisioner-secret-namespace: kube-system
  CLASS
}

run "buckets" {
  assert {
    condition     = output.buckets == { assets = "test-assets", public = "test-public", backups = "test-backups", bulk = "test-bulk" }
    error_message = "Buckets must have the names that were asked for."
  }
  assert {
    condition     = toset([for use, domain in cloudflare_r2_managed_domain.this : use if domain.enabled]) == toset(["public"])
    error_message = "The public bucket alone may be readable by everybody."
  }
  assert {
    condition     = alltrue([for rules in values(cloudflare_r2_bucket_lifecycle.this) : rules.rules[0].abort_multipart_uploads_transition.condition.max_age == 604800])
    error_message = "Uploads that nobody ended must go after a week."
  }
  assert {
    condition     = { for use, rules in cloudflare_r2_bucket_lifecycle.this : use => rules.rules[1].delete_objects_transition.condition.max_age if length(rules.rules) > 1 } == { backups = 3024000 }
    error_message = "Backups go after 35 days, and nothing else does."
  }
  assert {
    condition     = toset(keys(cloudflare_r2_bucket_cors.this)) == toset(["assets", "public"]) && one(cloudflare_r2_bucket_cors.this["assets"].rules).allowed.origins == tolist(["https://example.org"])
    error_message = "Pages of ours alone may use the buckets of assets."
  }
}

run "each_key_opens_one_bucket" {
  assert {
    condition = alltrue([
      for use, token in cloudflare_account_token.this : jsondecode(one(token.policies).resources) == { "com.cloudflare.edge.r2.bucket.0123456789abcdef0123456789abcdef_default_${var.buckets[use].name}" = "*" }
    ])
    error_message = "A key must open its own bucket and no other."
  }
  assert {
    condition     = alltrue([for token in values(cloudflare_account_token.this) : [for group in one(token.policies).permission_groups : group.id] == ["permission-write"]])
    error_message = "A key must read and write objects and do nothing else."
  }
  assert {
    condition     = nonsensitive(output.credentials["assets"].secret_access_key) == sha256(nonsensitive(cloudflare_account_token.this["assets"].value))
    error_message = "The S3 API takes the hash of the token."
  }
}

run "the_class_for_bulk_files" {
  assert {
    condition     = yamldecode(nonsensitive(output.manifests["cloudflare-r2-class.yaml"])).parameters.bucket == "test-bulk" && yamldecode(nonsensitive(output.manifests["cloudflare-r2-class.yaml"])).metadata.name == "cloudflare-r2"
    error_message = "The class must use the bucket that is made for it."
  }
  assert {
    condition     = yamldecode(nonsensitive(output.manifests["cloudflare-r2-key.yaml"])).metadata == { name = "cloudflare-r2", namespace = "kube-system" }
    error_message = "The key must be where the class looks for it."
  }
  assert {
    condition     = yamldecode(nonsensitive(output.manifests["cloudflare-r2-key.yaml"])).stringData.accessKeyID == nonsensitive(output.credentials["bulk"].access_key_id)
    error_message = "The driver must have the key of bulk files alone."
  }
}
