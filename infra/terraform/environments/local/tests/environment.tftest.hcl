run "what_is_committed" {
  command = plan

  override_module {
    target  = module.k3s
    outputs = { kubeconfig = "kind: Config", kubeconfig_path = "/etc/rancher/k3s/k3s.yaml", nodes = { node = "127.0.0.1" } }
  }

  assert {
    condition     = output.storage_class == "local-path"
    error_message = "The overlay local asks for local-path."
  }
  assert {
    condition     = output.hosts_line == "127.0.0.1 ${join(" ", var.hosts)}"
    error_message = "All names must lead to this host."
  }
}
