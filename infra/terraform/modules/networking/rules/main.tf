# What may reach a machine, and what a machine may reach, said once for all clouds. `nodes` are all machines, `servers` those
# that run the control plane, `operators` the addresses of people who administer the cluster, `internet` everybody.
locals {
  ingress = {
    kubernetes-api-nodes = {
      description = "Kubernetes API, and joining, from the nodes"
      from        = "nodes"
      to          = "servers"
      protocol    = "tcp"
      from_port   = 6443
      to_port     = 6443
    }
    kubernetes-api-operators = {
      description = "Kubernetes API from operators"
      from        = "operators"
      to          = "servers"
      protocol    = "tcp"
      from_port   = 6443
      to_port     = 6443
    }
    etcd = {
      description = "etcd between servers: clients and peers"
      from        = "servers"
      to          = "servers"
      protocol    = "tcp"
      from_port   = 2379
      to_port     = 2380
    }
    kubelet = {
      description = "kubelet: logs, exec, metrics"
      from        = "nodes"
      to          = "nodes"
      protocol    = "tcp"
      from_port   = 10250
      to_port     = 10250
    }
    # The pods' network between machines, encrypted by WireGuard; the K3s module chooses that backend of flannel.
    pod-network = {
      description = "Pod network (flannel over WireGuard)"
      from        = "nodes"
      to          = "nodes"
      protocol    = "udp"
      from_port   = 51820
      to_port     = 51820
    }
    # For redirects to HTTPS, and for Let's Encrypt, which proves a name by plain HTTP.
    http = {
      description = "HTTP from everywhere"
      from        = "internet"
      to          = "nodes"
      protocol    = "tcp"
      from_port   = 80
      to_port     = 80
    }
    https = {
      description = "HTTPS from everywhere"
      from        = "internet"
      to          = "nodes"
      protocol    = "tcp"
      from_port   = 443
      to_port     = 443
    }
  }

  # Beside the network's own addresses, within which everything goes out. A cloud's resolver of names needs no rule.
  egress = {
    https      = { description = "Images, charts, R2, providers of identity and models", protocol = "tcp", port = 443 }
    http       = { description = "Packages of the operating system", protocol = "tcp", port = 80 }
    smtp       = { description = "Mail", protocol = "tcp", port = 25 }
    smtps      = { description = "Mail over TLS", protocol = "tcp", port = 465 }
    submission = { description = "Mail submission", protocol = "tcp", port = 587 }
    ntp        = { description = "Time", protocol = "udp", port = 123 }
  }
}
