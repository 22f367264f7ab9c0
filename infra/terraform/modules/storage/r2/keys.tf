data "cloudflare_account_api_token_permission_groups_list" "all" {
  account_id = var.account_id
}

locals {
  read_and_write = "Workers R2 Storage Bucket Item Write"
  permission_ids = [for group in data.cloudflare_account_api_token_permission_groups_list.all.result : group.id if group.name == local.read_and_write]
}

# One for each bucket, which opens that one alone. Whoever has the key of the assets cannot read a backup.
resource "cloudflare_account_token" "this" {
  for_each = var.buckets

  account_id = var.account_id
  name       = "${var.name}-${each.key}"
  policies = [{
    effect            = "allow"
    permission_groups = [for id in local.permission_ids : { id = id }]
    resources = jsonencode({
      "com.cloudflare.edge.r2.bucket.${var.account_id}_default_${cloudflare_r2_bucket.this[each.key].name}" = "*"
    })
  }]

  lifecycle {
    precondition {
      condition     = length(local.permission_ids) == 1
      error_message = "Cloudflare has ${length(local.permission_ids)} permissions called \"${local.read_and_write}\", and one was expected."
    }
  }
}

locals {
  # The S3 API takes a token so: its id, and the SHA-256 of its value.
  credentials = {
    for use, token in cloudflare_account_token.this : use => { access_key_id = token.id, secret_access_key = sha256(token.value) }
  }
}
