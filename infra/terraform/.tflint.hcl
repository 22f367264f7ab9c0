# The rules of Terraform itself, all of them. Rules of a cloud's ruleset ask for programs that no registry has.
plugin "terraform" {
  enabled = true
  preset  = "all"
}

# A module's values are easiest to find in the file that is named after what it makes.
rule "terraform_standard_module_structure" {
  enabled = true
}
