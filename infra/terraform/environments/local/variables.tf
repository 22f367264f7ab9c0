# Their values are in environment.auto.tfvars.json, which `neotool config generate` writes from infra/environments/local.yaml.

variable "name" {
  description = "Name of the node."
  type        = string
  nullable    = false
}

variable "hosts" {
  description = "Public names of the environment, which must lead to this host."
  type        = list(string)
  nullable    = false
}
