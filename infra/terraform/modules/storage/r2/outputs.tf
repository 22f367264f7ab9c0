output "endpoint" {
  description = "Address of the S3 API."
  value       = "https://${local.host}"
}

output "buckets" {
  description = "Names of the buckets by what they are for."
  value       = { for use, bucket in cloudflare_r2_bucket.this : use => bucket.name }
}

output "public_host" {
  description = "Host from which everybody may read the public bucket."
  value       = cloudflare_r2_managed_domain.this["public"].domain
}

output "credentials" {
  description = "Keys for the S3 API by what the bucket is for; each opens that bucket alone."
  value       = local.credentials
  sensitive   = true
}

output "manifests" {
  description = "Manifests of the class cloudflare-r2 and what it needs, by file name, for the k3s module."
  value = {
    "cloudflare-r2-class.yaml"  = yamlencode(local.class_with_bucket)
    "cloudflare-r2-driver.yaml" = local.driver
    "cloudflare-r2-key.yaml"    = local.class_secret
  }
  sensitive = true
}
