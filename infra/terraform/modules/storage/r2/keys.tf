module "permission" {
  source = "../permission"

  account_id = var.account_id
  name       = "Workers R2 Storage Bucket Item Write"
}

# One for each bucket, which opens that one alone. Whoever has the key of the assets cannot read a backup.
resource "cloudflare_account_token" "this" {
  for_each = var.buckets

  account_id = var.account_id
  name       = "${var.name}-${each.key}"
  policies = [{
    effect            = "allow"
    permission_groups = [{ id = module.permission.id }]
    resources = jsonencode({
      "com.cloudflare.edge.r2.bucket.${var.account_id}_default_${cloudflare_r2_bucket.this[each.key].name}" = "*"
    })
  }]
}

locals {
  # The S3 API takes a token so: its id, and the SHA-256 of its value.
  credentials = {
    for use, token in cloudflare_account_token.this : use => { access_key_id = token.id, secret_access_key = sha256(token.value) }
  }
}
