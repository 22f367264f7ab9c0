# Servers join with the one, agents with the other, which opens nothing else.
resource "random_password" "token" {
  for_each = toset(["server", "agent"])

  length  = 48
  special = false
}

locals {
  # With the hash of the authority in it, a token makes sure that the cluster it is given to is this one.
  authority_hash = sha256(tls_self_signed_cert.authority["server"].cert_pem)
  server_token   = "K10${local.authority_hash}::server:${random_password.token["server"].result}"
  agent_token    = "K10${local.authority_hash}::node:${random_password.token["agent"].result}"
}
