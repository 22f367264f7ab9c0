# K3s takes these authorities where they lie on its disk before its first start, and makes the others itself. Ours are known
# before there is a machine, so the kubeconfig is an output and nobody has to fetch it from a server.
locals {
  authorities = {
    server = "signs what servers and kubelets show"
    client = "signs who calls the API"
  }
}

resource "tls_private_key" "authority" {
  for_each = local.authorities

  algorithm   = "ECDSA"
  ecdsa_curve = "P256"
}

resource "tls_self_signed_cert" "authority" {
  for_each = local.authorities

  private_key_pem       = tls_private_key.authority[each.key].private_key_pem
  is_ca_certificate     = true
  validity_period_hours = 87600
  allowed_uses          = ["digital_signature", "key_encipherment", "cert_signing"]

  subject {
    common_name  = "${var.name}-${each.key}-ca"
    organization = each.value
  }
}

resource "tls_private_key" "operator" {
  algorithm   = "ECDSA"
  ecdsa_curve = "P256"
}

resource "tls_cert_request" "operator" {
  private_key_pem = tls_private_key.operator.private_key_pem

  subject {
    common_name  = "${var.name}-operator"
    organization = "system:masters"
  }
}

resource "tls_locally_signed_cert" "operator" {
  cert_request_pem      = tls_cert_request.operator.cert_request_pem
  ca_private_key_pem    = tls_private_key.authority["client"].private_key_pem
  ca_cert_pem           = tls_self_signed_cert.authority["client"].cert_pem
  validity_period_hours = 8760
  # An apply within the last month makes a new one.
  early_renewal_hours = 720
  allowed_uses        = ["digital_signature", "key_encipherment", "client_auth"]
}

locals {
  kubeconfig = yamlencode({
    apiVersion      = "v1"
    kind            = "Config"
    current-context = var.name
    clusters = [{
      name = var.name
      cluster = {
        server                     = var.kubernetes_api
        certificate-authority-data = base64encode(tls_self_signed_cert.authority["server"].cert_pem)
      }
    }]
    users = [{
      name = "${var.name}-operator"
      user = {
        client-certificate-data = base64encode(tls_locally_signed_cert.operator.cert_pem)
        client-key-data         = base64encode(tls_private_key.operator.private_key_pem)
      }
    }]
    contexts = [{ name = var.name, context = { cluster = var.name, user = "${var.name}-operator" } }]
  })
}
