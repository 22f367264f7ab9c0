# What a machine itself may do: be administered by Session Manager, for it has no SSH.
resource "aws_iam_role" "node" {
  name = "${var.name}-node"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "administration" {
  role       = aws_iam_role.node.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_iam_instance_profile" "node" {
  name = "${var.name}-node"
  role = aws_iam_role.node.name
}

# The driver of volumes has a key of its own, in a Secret that no other workload mounts. By the machine's role every pod that
# reaches the metadata address could do what it does.
resource "aws_iam_user" "volumes" {
  name = "${var.name}-volumes"
}

resource "aws_iam_user_policy_attachment" "volumes" {
  user       = aws_iam_user.volumes.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"
}

resource "aws_iam_access_key" "volumes" {
  user = aws_iam_user.volumes.name
}

locals {
  driver_manifests = {
    "ebs-csi-key.yaml" = yamlencode({
      apiVersion = "v1"
      kind       = "Secret"
      metadata   = { name = "aws-secret", namespace = "kube-system" }
      stringData = { key_id = aws_iam_access_key.volumes.id, access_key = aws_iam_access_key.volumes.secret }
    })
  }
}
