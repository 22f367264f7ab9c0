locals {
  host = "${var.account_id}.r2.cloudflarestorage.com"
  # From pages of ours, browsers send files with presigned addresses and read them.
  browsers = { for use, bucket in var.buckets : use => bucket if contains(["assets", "public"], use) }
}

resource "cloudflare_r2_bucket" "this" {
  for_each = var.buckets

  account_id = var.account_id
  name       = each.value.name
}

resource "cloudflare_r2_bucket_lifecycle" "this" {
  for_each = var.buckets

  account_id  = var.account_id
  bucket_name = cloudflare_r2_bucket.this[each.key].name
  rules = concat(
    [{
      id                                 = "abort-uploads"
      enabled                            = true
      conditions                         = { prefix = "" }
      abort_multipart_uploads_transition = { condition = { type = "Age", max_age = 7 * 86400 } }
      delete_objects_transition          = null
    }],
    each.value.expire_days == 0 ? [] : [{
      id                                 = "expire"
      enabled                            = true
      conditions                         = { prefix = "" }
      abort_multipart_uploads_transition = null
      delete_objects_transition          = { condition = { type = "Age", max_age = each.value.expire_days * 86400 } }
    }],
  )
}

resource "cloudflare_r2_bucket_cors" "this" {
  for_each = local.browsers

  account_id  = var.account_id
  bucket_name = cloudflare_r2_bucket.this[each.key].name
  rules = [{
    id              = "pages"
    max_age_seconds = 3600
    expose_headers  = ["etag"]
    allowed = {
      origins = var.allowed_origins
      methods = ["GET", "HEAD", "PUT"]
      headers = ["content-type", "content-length", "x-amz-checksum-sha256"]
    }
  }]
}

# Said of the private ones too, so that a switch in Cloudflare's dashboard does not stay unnoticed.
resource "cloudflare_r2_managed_domain" "this" {
  for_each = var.buckets

  account_id  = var.account_id
  bucket_name = cloudflare_r2_bucket.this[each.key].name
  enabled     = each.value.public
}
