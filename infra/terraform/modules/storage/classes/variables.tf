variable "cloud" {
  description = "Whose disks volumes are: local, aws, gcp or azure."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["local", "aws", "gcp", "azure"], var.cloud)
    error_message = "cloud must be local, aws, gcp or azure; got \"${var.cloud}\"."
  }
}

variable "region" {
  description = "Region of the disks; empty for local."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = (var.region == "") == (var.cloud == "local")
    error_message = "region must be named for a cloud, and left out for local; got \"${var.region}\" for ${var.cloud}."
  }
}
