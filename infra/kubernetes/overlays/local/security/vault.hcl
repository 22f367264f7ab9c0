# Beside -dev, which keeps all in memory: an address for others, and figures that need no token.
listener "tcp" {
  address     = "0.0.0.0:8200"
  tls_disable = true

  telemetry {
    unauthenticated_metrics_access = true
  }
}

telemetry {
  prometheus_retention_time = "2m"
  disable_hostname          = true
}
