locals {
  first_server = sort(keys(var.servers))[0]
  machines = merge(
    { for name, server in var.servers : name => { role = "server", zone = server.zone, address = server.address } },
    { for name, agent in var.agents : name => { role = "agent", zone = agent.zone, address = "" } },
  )

  # As K3s' installation calls what it makes.
  services = { server = "k3s", agent = "k3s-agent" }

  # Every server has the same, so that it does not matter which of them applies them.
  own_manifests = merge(
    { for file in fileset("${path.module}/manifests", "*.yaml") : file => file("${path.module}/manifests/${file}") },
    { "letsencrypt.yaml" = templatefile("${path.module}/templates/letsencrypt.yaml.tftpl", var.acme) },
  )
  manifests = merge(local.own_manifests, var.manifests)

  # Not among them: a server that was born before would ask for its old version again whenever K3s starts on it.
  upgrade_plans = templatefile("${path.module}/templates/upgrade-plans.yaml.tftpl", { version = var.k3s_version })

  upgrade_controller = "https://github.com/rancher/system-upgrade-controller/releases/download/v0.16.3"
  # The overlay of Google's driver at v1.17.3 names an image that was never published; the next patch of the same manifests was. Where
  # there is no such image, Kustomize has nothing to replace.
  remote_images = [{ name = "registry.k8s.io/cloud-provider-gcp/gcp-compute-persistent-disk-csi-driver", newTag = "v1.17.4" }]
  remote_kustomization = yamlencode({
    images = local.remote_images
    resources = concat(
      ["${local.upgrade_controller}/crd.yaml", "${local.upgrade_controller}/system-upgrade-controller.yaml"],
      values(var.remote_manifests),
    )
  })

  # Settings of K3s that all servers must share.
  server_settings = {
    agent-token = random_password.token["agent"].result
    tls-san     = [split(":", trimprefix(var.kubernetes_api, "https://"))[0]]
    # What pods say to each other between machines is encrypted.
    flannel-backend = "wireguard-native"
    # Secrets are encrypted in etcd, and so in its snapshots.
    secrets-encryption          = true
    write-kubeconfig-mode       = "0600"
    etcd-snapshot-schedule-cron = "0 */6 * * *"
    etcd-snapshot-retention     = 28
    etcd-snapshot-compress      = true
    etcd-s3                     = true
    etcd-s3-endpoint            = var.snapshots.endpoint
    etcd-s3-region              = var.snapshots.region
    etcd-s3-bucket              = var.snapshots.bucket
    etcd-s3-folder              = var.snapshots.folder
    etcd-s3-access-key          = var.snapshots.access_key_id
    etcd-s3-secret-key          = var.snapshots.secret_access_key
  }

  settings = {
    for name, machine in local.machines : name => merge(
      {
        node-name               = "${var.name}-${name}"
        node-label              = ["topology.kubernetes.io/zone=${machine.zone}"]
        protect-kernel-defaults = true
      },
      { for setting, value in local.server_settings : setting => value if machine.role == "server" },
    )
  }

  authority_files = merge([
    for name in keys(local.authorities) : {
      "/var/lib/rancher/k3s/server/tls/${name}-ca.crt" = { mode = "0644", content = tls_self_signed_cert.authority[name].cert_pem }
      "/var/lib/rancher/k3s/server/tls/${name}-ca.key" = { mode = "0600", content = tls_private_key.authority[name].private_key_pem }
    }
  ]...)

  common_files = {
    for name, machine in local.machines : name => {
      "/etc/rancher/k3s/config.yaml" = { mode = "0600", content = yamlencode(local.settings[name]) }
      # What protect-kernel-defaults asks of a machine.
      "/etc/sysctl.d/90-kubelet.conf" = {
        mode    = "0644"
        content = "vm.panic_on_oom=0\nvm.overcommit_memory=1\nkernel.panic=10\nkernel.panic_on_oops=1\n"
      }
      # A machine that is shut down gives its pods time to end. The kubelet has no flags for it; K3s lets it read this directory too.
      "/var/lib/rancher/k3s/agent/etc/kubelet.conf.d/50-shutdown.conf" = {
        mode = "0600"
        content = yamlencode({
          apiVersion                      = "kubelet.config.k8s.io/v1beta1"
          kind                            = "KubeletConfiguration"
          shutdownGracePeriod             = "60s"
          shutdownGracePeriodCriticalPods = "20s"
        })
      }
      # In the place of a file of Ubuntu's unattended-upgrades, whose 30 seconds would win over what the kubelet asks systemd for.
      "/etc/systemd/logind.conf.d/unattended-upgrades-logind-maxdelay.conf" = {
        mode    = "0644"
        content = "[Login]\nInhibitDelayMaxSec=60\n"
      }
      "/etc/neotool/metadata.nft" = { mode = "0644", content = file("${path.module}/templates/metadata.nft") }
      "/etc/systemd/system/neotool-metadata.service" = {
        mode    = "0644"
        content = templatefile("${path.module}/templates/metadata.service.tftpl", { k3s = local.services[machine.role] })
      }
      "/etc/neotool/join-token" = { mode = "0600", content = machine.role == "server" ? local.server_token : local.agent_token }
      "/etc/neotool/start-k3s.sh" = {
        mode = "0700"
        content = templatefile("${path.module}/templates/start.sh.tftpl", {
          role    = machine.role
          service = local.services[machine.role]
          begins  = name == local.first_server
          version = var.k3s_version
          others  = [for other, server in var.servers : server.address if other != name]
        })
      }
    }
  }

  server_files = merge(
    { "/etc/neotool/remote/kustomization.yaml" = { mode = "0600", content = local.remote_kustomization } },
    { for file, content in local.manifests : "/var/lib/rancher/k3s/server/manifests/${file}" => { mode = "0600", content = content } },
  )

  # The authorities' keys go to the first server alone; the others are given them by it.
  first_files = merge(local.authority_files, {
    "/etc/neotool/first-token" = { mode = "0600", content = random_password.token["server"].result }
  })

  user_data = {
    for name, machine in local.machines : name => templatefile("${path.module}/templates/cloud-init.yaml.tftpl", {
      files = merge(
        local.common_files[name],
        { for path, file in local.server_files : path => file if machine.role == "server" },
        { for path, file in local.first_files : path => file if name == local.first_server },
      )
    })
  }
}
