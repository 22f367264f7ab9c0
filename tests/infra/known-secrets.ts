import type { KnownSecret } from '@neotool/platform/kubernetes/checks/references'
import type { EnvironmentName } from '@neotool/platform/kubernetes/releases'

const login = ['username', 'password']
const settings = ['app.json', 'security.json', 'assistant.json', 'assets.json']

/** Secrets that are in no manifest, and who makes them. */
export const knownSecrets = (environment: EnvironmentName): KnownSecret[] => [
  // `neotool secrets bootstrap`
  { namespace: 'neotool-data', name: 'postgres-superuser', keys: login },
  ...['app', 'security', 'assistant', 'assets', 'monitor'].map((role) => ({
    namespace: 'neotool-data',
    name: `postgres-role-${role}`,
    keys: login,
  })),
  { namespace: 'neotool-security', name: 'service-settings', keys: settings },
  { namespace: 'neotool-security', name: 'vault-root', keys: ['token'] },
  { namespace: 'neotool-observability', name: 'grafana-admin', keys: login },
  ...(environment === 'local'
    ? [
        { namespace: 'neotool-data', name: 'pgbouncer-userlist', keys: ['userlist.txt'] },
        { namespace: 'neotool-storage', name: 'minio-root', keys: login },
      ]
    : // A person, who alone knows the key service.
      [{ namespace: 'neotool-security', name: 'vault-seal', keys: ['seal.hcl'] }]),
]
