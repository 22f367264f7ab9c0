mock_provider "aws" {}

mock_provider "cloudflare" {}

override_module {
  target  = module.r2.module.permission
  outputs = { id = "permission-write" }
}

run "what_is_committed" {
  assert {
    condition     = length(output.nodes) == var.nodes && length([for name in keys(output.nodes) : name if strcontains(name, "-server-")]) == 3
    error_message = "There must be three servers, and agents up to the number of nodes."
  }
  assert {
    condition     = startswith(output.kubernetes_api, "https://") && endswith(output.kubernetes_api, ":6443")
    error_message = "The API must have an address."
  }
  assert {
    condition     = output.s3.buckets == var.files.buckets
    error_message = "Buckets must have the names that the environment gives."
  }
  assert {
    condition     = output.s3.endpoint == "https://${var.cloudflare_account_id}.r2.cloudflarestorage.com"
    error_message = "The S3 API must be that of the account."
  }
  assert {
    condition     = module.volumes.class_name == "neotool-block"
    error_message = "The overlay prod asks for neotool-block."
  }
}

run "agents_are_spread_over_the_zones" {
  variables {
    nodes = 8
  }

  assert {
    condition     = { for name, agent in local.agents : name => agent.zone } == { agent-01 = "a", agent-02 = "b", agent-03 = "c", agent-04 = "a", agent-05 = "b" }
    error_message = "Agents must be in the zones in turn."
  }
}
