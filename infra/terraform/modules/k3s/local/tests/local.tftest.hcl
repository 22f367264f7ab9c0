variables {
  name            = "neotool-test"
  kubeconfig_path = "/etc/hostname"
}

run "this_host_becomes_a_node" {
  # An apply would install K3s on the machine that tests.
  command = plan

  assert {
    condition     = contains(terraform_data.install.triggers_replace, "v1.33.6+k3s1") && strcontains(terraform_data.install.triggers_replace[1], "neotool-test")
    error_message = "Another version or other settings must install it again."
  }
  assert {
    condition     = terraform_data.presence.triggers_replace == null
    error_message = "Nothing but a destroy may uninstall it."
  }
  assert {
    condition     = output.nodes == { neotool-test = "127.0.0.1" } && output.kubeconfig_path == "/etc/hostname"
    error_message = "Outputs must name the node and its kubeconfig."
  }
}
