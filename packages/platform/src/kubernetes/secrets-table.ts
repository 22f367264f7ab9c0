/*
 * The Secrets that must be in a cluster before anything can start there, and how each is made. None is in git. What they hold
 * is needed before Vault is, or by Vault itself; service-settings is what vault-init carries into Vault.
 */
import { randomBytes } from 'node:crypto'
import type { EnvironmentKind } from './environment-file.ts'
import { SERVICES, type ServiceName } from './releases.ts'

/** The keys of a Secret with their values, as texts. */
export type SecretData = Readonly<Record<string, string>>

/** What nobody can make up: accounts elsewhere. */
export type GivenAccounts = {
  readonly smtpUrl?: string | undefined
  readonly s3?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined
}

export type BootstrapSecret = {
  readonly namespace: string
  readonly name: string
  readonly type: 'Opaque' | 'kubernetes.io/basic-auth'
  readonly keys: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  /** The Secrets of this table, before it, whose values are in it. */
  readonly from: readonly string[]
  /** Others have taken over what was in it: empty, it stays as the mark that nothing is to be made again. */
  readonly mayBeEmptied?: true
  /** Makes the values; without it a person makes the Secret, as `advice` says. */
  readonly make?: (sources: ReadonlyMap<string, SecretData>, given: GivenAccounts) => SecretData
  readonly advice?: string
}

/** It is never found: until the environment has a mail server, mails wait and are given up. */
export const NO_MAIL_SERVER = 'smtp://mail.invalid:25'

const LABELS = { 'app.kubernetes.io/part-of': 'neotool' } as const
const LOGIN = ['username', 'password'] as const

// Hexadecimal: it is in addresses, and in the configurations of others, where most other characters would mean something.
const password = (): string => randomBytes(24).toString('hex')
const key256 = (): string => randomBytes(32).toString('base64')

const opaque = { type: 'Opaque', labels: LABELS, from: [] } as const

const login = (namespace: string, name: string, username: string): BootstrapSecret => ({
  ...opaque,
  namespace,
  name,
  keys: LOGIN,
  make: () => ({ username, password: password() }),
})

const postgresLogin = (name: string, username: string): BootstrapSecret => ({
  ...login('neotool-data', name, username),
  type: 'kubernetes.io/basic-auth',
  // With it CloudNativePG follows a password that is changed.
  labels: { ...LABELS, 'cnpg.io/reload': 'true' },
})

const roleSecret = (role: string): string => `postgres-role-${role}`
const roles: readonly string[] = SERVICES
const localRoles = [...SERVICES, 'monitor']

const pgbouncerUserlist: BootstrapSecret = {
  ...opaque,
  namespace: 'neotool-data',
  name: 'pgbouncer-userlist',
  keys: ['userlist.txt'],
  from: localRoles.map(roleSecret),
  make: (sources) => ({
    'userlist.txt': localRoles
      .map((role) => loginIn(sources, roleSecret(role)))
      .map(({ username, password }) => `${inQuotes(username)} ${inQuotes(password)}\n`)
      .join(''),
  }),
}

const inQuotes = (text: string): string => `"${text.replaceAll('"', '""')}"`

const loginIn = (sources: ReadonlyMap<string, SecretData>, name: string): { username: string; password: string } => {
  const { username, password } = sources.get(name) ?? {}
  if (username === undefined || password === undefined) throw new Error(`${name} is made after what is made from it`)
  return { username, password }
}

const serviceSettings = (environment: EnvironmentKind): BootstrapSecret => ({
  ...opaque,
  namespace: 'neotool-security',
  name: 'service-settings',
  keys: SERVICES.map((service) => `${service}.json`),
  mayBeEmptied: true,
  from: [...roles.map(roleSecret), ...(environment === 'local' ? ['minio-root'] : [])],
  make: (sources, given) =>
    Object.fromEntries(
      SERVICES.map((service) => {
        const settings = { ...databaseOf(service, sources), ...ownSettings[service](sources, given) }
        const variables = Object.entries(settings).map(([name, value]) => [`${service.toUpperCase()}_${name}`, value])
        return [`${service}.json`, `${JSON.stringify(Object.fromEntries(variables), undefined, 2)}\n`]
      }),
    ),
})

const databaseOf = (service: ServiceName, sources: ReadonlyMap<string, SecretData>): SecretData => {
  const { username, password } = loginIn(sources, roleSecret(service))
  const urlAt = (host: string) =>
    `postgres://${username}:${encodeURIComponent(password)}@${host}.neotool-data.svc.cluster.local:5432/${username}`
  return { POSTGRES_URL: urlAt('pgbouncer'), POSTGRES_DIRECT_URL: urlAt('postgres') }
}

type OwnSettings = (sources: ReadonlyMap<string, SecretData>, given: GivenAccounts) => SecretData

const ownSettings: Readonly<Record<ServiceName, OwnSettings>> = {
  app: () => ({ PERSONAL_DATA_KEY: key256() }),
  security: (_sources, { smtpUrl = NO_MAIL_SERVER }) => ({
    PERSONAL_DATA_KEY: key256(),
    REFRESH_TOKEN_KEY: key256(),
    DATA_KEY: key256(),
    SMTP_URL: smtpUrl,
  }),
  assistant: () => ({}),
  assets: (sources, { s3 }) => {
    if (s3 !== undefined) return { S3_ACCESS_KEY_ID: s3.accessKeyId, S3_SECRET_ACCESS_KEY: s3.secretAccessKey }
    const { username, password } = loginIn(sources, 'minio-root')
    return { S3_ACCESS_KEY_ID: username, S3_SECRET_ACCESS_KEY: password }
  },
}

const grafanaAdmin = login('neotool-observability', 'grafana-admin', 'admin')
const vaultRoot = { ...opaque, namespace: 'neotool-security', name: 'vault-root', keys: ['token'] } as const

const local: readonly BootstrapSecret[] = [
  postgresLogin('postgres-superuser', 'postgres'),
  ...localRoles.map((role) => postgresLogin(roleSecret(role), `neotool_${role}`)),
  pgbouncerUserlist,
  login('neotool-storage', 'minio-root', 'neotool'),
  // Vault in memory takes it for its first token.
  { ...vaultRoot, make: () => ({ token: password() }) },
  grafanaAdmin,
  serviceSettings('local'),
]

const prod: readonly BootstrapSecret[] = [
  ...roles.map((role) => postgresLogin(roleSecret(role), `neotool_${role}`)),
  grafanaAdmin,
  serviceSettings('prod'),
  {
    ...opaque,
    namespace: 'neotool-security',
    name: 'vault-seal',
    keys: ['seal.hcl'],
    advice: "names the provider's key service that unseals Vault: see infra/kubernetes/README.md",
  },
  { ...vaultRoot, advice: 'a token of Vault for one run of vault-init, after which `neotool deploy` removes it' },
]

const webSettings = (clientSecrets: readonly string[]): BootstrapSecret => ({
  ...opaque,
  namespace: 'neotool-web',
  name: 'web-settings',
  keys: clientSecrets,
  advice: `the client secrets of the identity providers: ${clientSecrets.join(', ')}`,
})

/** All Secrets of an environment that are in no manifest of ours and that no operator makes, in the order in which they are made. */
export const bootstrapSecrets = (
  environment: EnvironmentKind,
  clientSecrets: readonly string[] = [],
): readonly BootstrapSecret[] => [
  ...(environment === 'local' ? local : prod),
  ...(clientSecrets.length > 0 ? [webSettings(clientSecrets)] : []),
]
