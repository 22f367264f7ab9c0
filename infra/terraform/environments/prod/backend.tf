# Remote, and locked while somebody applies. What differs by environment comes from a generated file:
# terraform init -backend-config=backend.tfbackend.json
# R2 encrypts all that it stores, and refuses to be told so.
terraform {
  backend "s3" {
    use_lockfile = true
  }
}
