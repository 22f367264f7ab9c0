import type { Mutation } from './mutation.ts'

export const brokenStorage: readonly Mutation[] = [
  [
    'modules/storage/classes',
    'main.tf',
    '{ type = "gp3", encrypted = "true"',
    '{ type = "gp3", encrypted = "false"',
    'Volumes must be encrypted',
  ],
  ['modules/storage/classes', 'main.tf', '"WaitForFirstConsumer"', '"Immediate"', "wait for their pod's zone"],
  ['modules/storage/classes', 'main.tf', 'allowVolumeExpansion = true', 'allowVolumeExpansion = false', 'grow'],
  [
    'modules/storage/classes',
    'drivers/azure.yaml',
    'controller:\n      hostNetwork: true',
    'controller:\n      hostNetwork: false',
    "must be on the node's network",
  ],
  [
    'modules/storage/r2',
    'main.tf',
    'enabled     = each.value.public',
    'enabled     = true',
    'alone may be readable by everybody',
  ],
  [
    'modules/storage/r2',
    'main.tf',
    'max_age = each.value.expire_days * 86400',
    'max_age = each.value.expire_days',
    'Backups go after 35 days',
  ],
  [
    'modules/storage/r2',
    'keys.tf',
    '.this[each.key].name}" = "*"',
    '.this["assets"].name}" = "*"',
    'its own bucket and no other',
  ],
  [
    'modules/storage/r2',
    'bulk_class.tf',
    'bucket = cloudflare_r2_bucket.this["bulk"].name',
    'bucket = "other"',
    'the bucket that is made for it',
  ],
  ['environments/prod', 'main.tf', 'range(1, var.nodes - 2)', 'range(1, var.nodes)', 'three servers, and agents'],
  ['environments/prod', 'main.tf', 'element(local.zone_names, number - 1)', '"a"', 'in the zones in turn'],
]
