run "everybody_reaches_the_web_alone" {
  assert {
    condition     = toset([for rule in values(output.ingress) : rule.to_port if rule.from == "internet"]) == toset([80, 443])
    error_message = "Something else than 80 and 443 is open to the internet."
  }
  assert {
    condition     = [for rule in values(output.ingress) : "${rule.to} ${rule.to_port}" if rule.from == "operators"] == ["servers 6443"]
    error_message = "Operators reach something else than the Kubernetes API."
  }
}

run "machines_reach_what_k3s_needs" {
  assert {
    condition = toset([for rule in values(output.ingress) : "${rule.from} ${rule.to} ${rule.protocol} ${rule.from_port}-${rule.to_port}" if contains(["nodes", "servers"], rule.from)]) == toset([
      "nodes servers tcp 6443-6443",
      "servers servers tcp 2379-2380",
      "nodes nodes tcp 10250-10250",
      "nodes nodes udp 51820-51820",
    ])
    error_message = "Ways between machines are others than those that K3s documents."
  }
}

run "a_port_is_said_once" {
  assert {
    condition     = length(distinct([for rule in values(output.ingress) : "${rule.from} ${rule.to} ${rule.protocol} ${rule.from_port}"])) == length(output.ingress)
    error_message = "Two rules say the same."
  }
}
