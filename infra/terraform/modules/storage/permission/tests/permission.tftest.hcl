mock_provider "cloudflare" {}

run "a_permission_that_is_not_there_is_a_fault" {
  command = plan

  variables {
    account_id = "0123456789abcdef0123456789abcdef"
    name       = "Workers R2 Storage Bucket Item Write"
  }

  expect_failures = [output.id]
}
