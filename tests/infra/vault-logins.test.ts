import { findWrongLogins, readVaultLogins } from '@neotool/platform/kubernetes/checks/vault-logins'
import { describe, expect, test } from 'vitest'
import { changed, type Edit, environments, faultsIn, manifests, manifestsOf, without, words } from './manifests.ts'
import { root } from './root.ts'

const { local } = manifests
const logins = await readVaultLogins(root)

test.each(environments)('in %s, each pod may log in to Vault as the role that it asks for', (environment) => {
  expect(faultsIn(findWrongLogins(manifestsOf(environment), logins))).toEqual([])
})

describe('a login that Vault would refuse is found:', () => {
  const assets = 'Deployment neotool-app/assets'
  const security = 'Deployment neotool-app/security'
  const pod = 'spec/template/spec'
  const settings = `${pod}/initContainers/name=settings`
  const job = 'spec/jobTemplate/spec/template/spec'

  test.each([
    [
      assets,
      { set: `${settings}/env/name=SETTINGS_VAULT_ROLE/value`, to: 'neotool-asset' },
      'Vault has no role neotool-asset',
    ],
    [
      assets,
      { set: `${settings}/env/name=SETTINGS_VAULT_ROLE/value`, to: 'neotool-app-settings' },
      'system:serviceaccount:neotool-app:assets may not log in as neotool-app-settings',
    ],
    [assets, { set: `${settings}/env/name=SETTINGS_PATH/value`, to: 'app/settings' }, 'not app/settings'],
    [assets, { set: `${settings}/env/name=SETTINGS_TOKEN_FILE/value`, to: '/token' }, '/token is no token'],
    [assets, { set: `${settings}/env/name=SETTINGS_FILE/value`, to: '/run/other' }, 'no container before it writes'],
    [assets, { set: `${pod}/containers/name=assets/volumeMounts/0/mountPath`, to: '/run/x' }, 'on no volume that both'],
    [
      assets,
      { set: `${pod}/volumes/name=vault-token/projected/sources/0/serviceAccountToken/audience`, to: 'api' },
      'is for api, not for vault',
    ],
    [assets, { set: `${pod}/serviceAccountName`, to: 'default' }, 'neotool-app:default may not log in'],
    [
      security,
      { remove: `${pod}/containers/name=security/volumeMounts/name=vault-token` },
      'is no token, not for vault',
    ],
    ['CronJob neotool-workflows/purge-app', { set: `${job}/serviceAccountName`, to: 'purge-assets' }, 'may not log in'],
  ] satisfies [string, Edit, string][])('%s %o', (name, edit, problem) => {
    expect(words(findWrongLogins(changed(local, name, edit), logins)).join('\n')).toContain(problem)
  })

  test('an account that is gone', () => {
    expect(words(findWrongLogins(without(local, 'ServiceAccount neotool-workflows/rotate-keys'), logins))).toEqual([
      'system:serviceaccount:neotool-workflows:rotate-keys: it may log in to Vault and is no account of ours (vault-logins)',
    ])
  })
})
