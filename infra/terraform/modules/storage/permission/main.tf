# Apart from the buckets, because a list that a data source gives cannot be put in by a test, and a module's outputs can.
data "cloudflare_account_api_token_permission_groups_list" "all" {
  account_id = var.account_id
}

locals {
  ids = [for group in data.cloudflare_account_api_token_permission_groups_list.all.result : group.id if group.name == var.name]
}
