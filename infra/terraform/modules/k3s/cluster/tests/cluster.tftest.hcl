variables {
  name = "neotool-test"
  servers = {
    server-a = { address = "10.20.15.246", zone = "one" }
    server-b = { address = "10.20.31.246", zone = "two" }
    server-c = { address = "10.20.47.246", zone = "three" }
  }
  agents         = { agent-01 = { zone = "one" } }
  kubernetes_api = "https://api.example.org:6443"
  snapshots = {
    endpoint          = "account.r2.cloudflarestorage.com"
    region            = "auto"
    bucket            = "neotool-backups"
    folder            = "neotool-test/etcd"
    access_key_id     = "key-id"
    secret_access_key = "key-secret"
  }
  acme      = { email = "platform@example.org" }
  manifests = { "more.yaml" = "kind: ConfigMap" }
}

run "each_machine_has_its_own_first_data" {
  assert {
    condition     = nonsensitive(toset(keys(output.user_data))) == toset(["server-a", "server-b", "server-c", "agent-01"])
    error_message = "There must be first data for each machine."
  }
  assert {
    condition     = alltrue([for text in values(nonsensitive(output.user_data)) : startswith(text, "#cloud-config\n")])
    error_message = "cloud-init takes it by its first line."
  }
  assert {
    condition     = alltrue([for name, text in nonsensitive(output.user_data) : length(base64gzip(text)) * 3 / 4 < 16384])
    error_message = "AWS takes 16 KB of user data: ${jsonencode({ for name, text in nonsensitive(output.user_data) : name => length(base64gzip(text)) * 3 / 4 })}."
  }
}

run "one_server_begins_and_the_others_join" {
  assert {
    condition = toset([
      for name, text in nonsensitive(output.user_data) : name if strcontains(
        base64decode({ for file in yamldecode(text).write_files : file.path => file.content }["/etc/neotool/start-k3s.sh"]), "cluster-init: true"
      )
    ]) == toset(["server-a"])
    error_message = "Exactly the first server may begin a cluster."
  }
  assert {
    condition = alltrue([
      for name, server in var.servers : !strcontains(
        base64decode({ for file in yamldecode(nonsensitive(output.user_data[name])).write_files : file.path => file.content }["/etc/neotool/start-k3s.sh"]), server.address
      )
    ])
    error_message = "A server must look for the others and not for itself."
  }
  assert {
    condition = toset([
      for name, text in nonsensitive(output.user_data) : name if anytrue([for file in yamldecode(text).write_files : endswith(file.path, "-ca.key")])
    ]) == toset(["server-a"])
    error_message = "The authorities' keys must be on the first server alone."
  }
}

run "agents_get_no_secret_of_servers" {
  assert {
    condition     = !anytrue([for file in yamldecode(nonsensitive(output.user_data["agent-01"])).write_files : strcontains(base64decode(file.content), nonsensitive(random_password.token["server"].result))])
    error_message = "An agent must not know the servers' token."
  }
  assert {
    condition     = !anytrue([for file in yamldecode(nonsensitive(output.user_data["agent-01"])).write_files : strcontains(file.path, "/server/") || strcontains(base64decode(file.content), "key-secret")])
    error_message = "An agent must not have manifests, certificates or keys of servers."
  }
  assert {
    condition     = base64decode({ for file in yamldecode(nonsensitive(output.user_data["agent-01"])).write_files : file.path => file.content }["/etc/neotool/join-token"]) == "K10${nonsensitive(local.authority_hash)}::node:${nonsensitive(random_password.token["agent"].result)}"
    error_message = "An agent's token must name the authority, and be one of agents."
  }
}

run "settings_of_servers" {
  assert {
    condition = alltrue([
      for name in keys(var.servers) : yamldecode(base64decode(
        { for file in yamldecode(nonsensitive(output.user_data[name])).write_files : file.path => file.content }["/etc/rancher/k3s/config.yaml"]
        )) == {
        agent-token                 = nonsensitive(random_password.token["agent"].result)
        etcd-s3                     = true
        etcd-s3-access-key          = "key-id"
        etcd-s3-bucket              = "neotool-backups"
        etcd-s3-endpoint            = "account.r2.cloudflarestorage.com"
        etcd-s3-folder              = "neotool-test/etcd"
        etcd-s3-region              = "auto"
        etcd-s3-secret-key          = "key-secret"
        etcd-snapshot-compress      = true
        etcd-snapshot-retention     = 28
        etcd-snapshot-schedule-cron = "0 */6 * * *"
        flannel-backend             = "wireguard-native"
        node-label                  = ["topology.kubernetes.io/zone=${var.servers[name].zone}"]
        node-name                   = "neotool-test-${name}"
        protect-kernel-defaults     = true
        secrets-encryption          = true
        tls-san                     = ["api.example.org"]
        write-kubeconfig-mode       = "0600"
      }
    ])
    error_message = "Servers must encrypt Secrets and the pods' network, and keep snapshots in the bucket."
  }
  assert {
    condition     = alltrue([for file in yamldecode(nonsensitive(output.user_data["server-b"])).write_files : contains(["0600", "0700"], file.permissions) if endswith(file.path, ".yaml") || strcontains(file.path, "token")])
    error_message = "What holds secrets must belong to root alone."
  }
}

run "addons_are_pinned" {
  assert {
    condition = { for file, text in output.manifests : file => try(yamldecode(text).spec.version, "") if try(yamldecode(text).kind, "") == "HelmChart" } == {
      "cert-manager.yaml"             = "v1.19.1"
      "cloudnative-pg.yaml"           = "0.26.0"
      "prometheus-operator-crds.yaml" = "23.0.0"
    }
    error_message = "Charts must be these, of these versions."
  }
  assert {
    condition     = yamldecode(output.manifests["letsencrypt.yaml"]).metadata.name == "letsencrypt" && yamldecode(output.manifests["letsencrypt.yaml"]).spec.acme.email == "platform@example.org"
    error_message = "The overlay's Ingresses ask for the ClusterIssuer letsencrypt."
  }
  assert {
    condition = alltrue([
      for name in keys(var.servers) : length(setsubtract(
        [for file in concat(keys(output.manifests), ["more.yaml"]) : "/var/lib/rancher/k3s/server/manifests/${file}"],
        [for file in yamldecode(nonsensitive(output.user_data[name])).write_files : file.path],
      )) == 0
    ])
    error_message = "Every server must have every manifest."
  }
}

run "remote_manifests_have_images_that_there_are" {
  variables {
    remote_manifests = { pd-csi = "https://github.com/kubernetes-sigs/gcp-compute-persistent-disk-csi-driver//deploy?ref=v1.17.3" }
  }

  assert {
    condition = alltrue([
      for name in keys(var.servers) : yamldecode(base64decode(
        { for file in yamldecode(nonsensitive(output.user_data[name])).write_files : file.path => file.content }["/etc/neotool/remote/kustomization.yaml"]
        )) == {
        images = [{ name = "registry.k8s.io/cloud-provider-gcp/gcp-compute-persistent-disk-csi-driver", newTag = "v1.17.4" }]
        resources = [
          "https://github.com/rancher/system-upgrade-controller/releases/download/v0.16.3/crd.yaml",
          "https://github.com/rancher/system-upgrade-controller/releases/download/v0.16.3/system-upgrade-controller.yaml",
          "https://github.com/kubernetes-sigs/gcp-compute-persistent-disk-csi-driver//deploy?ref=v1.17.3",
        ]
      }
    ])
    error_message = "Servers must fetch these, and Google's driver of an image that was published."
  }
}

run "an_upgrade_is_to_what_new_machines_install" {
  assert {
    condition     = [for plan in split("---\n", output.upgrade_plans) : "${yamldecode(plan).metadata.name} ${yamldecode(plan).spec.version} ${yamldecode(plan).spec.concurrency}"] == ["k3s-servers ${var.k3s_version} 1", "k3s-agents ${var.k3s_version} 1"]
    error_message = "The Plans must ask for the version that new machines install, of one machine after the other."
  }
  assert {
    condition     = !anytrue([for text in values(nonsensitive(output.user_data)) : anytrue([for file in yamldecode(text).write_files : strcontains(base64decode(file.content), "upgrade.cattle.io")])])
    error_message = "No machine may bring a Plan with it: it would ask for its old version again."
  }
}

run "the_kubeconfig_is_the_operators" {
  assert {
    condition     = yamldecode(nonsensitive(output.kubeconfig)).clusters[0].cluster.server == "https://api.example.org:6443"
    error_message = "kubectl must call the API's address."
  }
  assert {
    condition     = base64decode(yamldecode(nonsensitive(output.kubeconfig)).clusters[0].cluster.certificate-authority-data) == tls_self_signed_cert.authority["server"].cert_pem
    error_message = "kubectl must trust the authority that servers show."
  }
  assert {
    condition     = tls_locally_signed_cert.operator.ca_cert_pem == tls_self_signed_cert.authority["client"].cert_pem && one(tls_cert_request.operator.subject).organization == "system:masters"
    error_message = "The operator's certificate must be signed by the authority of clients, for system:masters."
  }
}

run "one_more_agent_changes_nothing_for_the_others" {
  variables {
    agents = { agent-01 = { zone = "one" }, agent-02 = { zone = "two" } }
  }

  assert {
    condition     = nonsensitive({ for name, text in output.user_data : name => sha256(text) if name != "agent-02" }) == nonsensitive({ for name, text in run.each_machine_has_its_own_first_data.user_data : name => sha256(text) })
    error_message = "A machine's first data must not depend on other agents."
  }
}
