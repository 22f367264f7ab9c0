# The name of each node and its addresses are in the environment; what unseals it is in the Secret vault-seal.
ui            = false
disable_mlock = true
log_format    = "json"

storage "raft" {
  path = "/vault/data"

  retry_join {
    leader_api_addr     = "https://vault-0.vault-nodes.neotool-security.svc.cluster.local:8200"
    leader_ca_cert_file = "/vault/tls/ca.crt"
  }

  retry_join {
    leader_api_addr     = "https://vault-1.vault-nodes.neotool-security.svc.cluster.local:8200"
    leader_ca_cert_file = "/vault/tls/ca.crt"
  }

  retry_join {
    leader_api_addr     = "https://vault-2.vault-nodes.neotool-security.svc.cluster.local:8200"
    leader_ca_cert_file = "/vault/tls/ca.crt"
  }
}

listener "tcp" {
  address         = "0.0.0.0:8200"
  cluster_address = "0.0.0.0:8201"
  tls_cert_file   = "/vault/tls/tls.crt"
  tls_key_file    = "/vault/tls/tls.key"
  tls_min_version = "tls12"

  # The figures hold no secret, and the network policy lets in few.
  telemetry {
    unauthenticated_metrics_access = true
  }
}

telemetry {
  prometheus_retention_time = "2m"
  disable_hostname          = true
}
