locals {
  # 80 and 443 lead to Traefik, which K3s opens on every node; 6443 to the API of the servers.
  listeners = { http = 80, https = 443, api = 6443 }
}

resource "aws_lb" "this" {
  name                             = var.name
  load_balancer_type               = "network"
  security_groups                  = [aws_security_group.this["load-balancer"].id]
  subnets                          = values(aws_subnet.public)[*].id
  enable_cross_zone_load_balancing = true
  tags                             = { Name = var.name }
}

resource "aws_lb_target_group" "this" {
  for_each = local.listeners

  name     = "${var.name}-${each.key}"
  port     = each.value
  protocol = "TCP"
  vpc_id   = aws_vpc.this.id
  tags     = { Name = "${var.name}-${each.key}" }

  health_check {
    protocol            = "TCP"
    interval            = 10
    healthy_threshold   = 2
    unhealthy_threshold = 2
  }
}

resource "aws_lb_listener" "this" {
  for_each = local.listeners

  load_balancer_arn = aws_lb.this.arn
  port              = each.value
  # TLS ends at Traefik and at the API server, which have the certificates.
  protocol = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this[each.key].arn
  }
}
