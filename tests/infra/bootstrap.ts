import { clientSecretsOf } from '@neotool/platform/kubernetes/derive-kustomization'
import { type Environment, readEnvironmentFile } from '@neotool/platform/kubernetes/environment-file'
import { type BootstrapSecret, bootstrapSecrets, type SecretData } from '@neotool/platform/kubernetes/secrets-table'
import { root } from './root.ts'

const read = (environment: string | Environment): Environment =>
  typeof environment === 'string' ? readEnvironmentFile(root, environment) : environment

export const knownSecrets = (environment: string | Environment): readonly BootstrapSecret[] => {
  const known = read(environment)
  return bootstrapSecrets(known.kind, clientSecretsOf(known))
}

/** The secret settings of each service as they would be in Vault, freshly made. */
export const secretSettings = (environment: string | Environment): Record<string, Record<string, string>> => {
  const made = new Map<string, SecretData>()
  const given = {
    smtpUrl: 'smtps://user:password@mail.example',
    ...(read(environment).kind === 'prod' && { s3: { accessKeyId: 'id', secretAccessKey: 'secret' } }),
  }
  for (const { name, make } of knownSecrets(environment)) if (make) made.set(name, make(made, given))
  return Object.fromEntries(
    Object.entries(made.get('service-settings') ?? {}).map(([file, text]) => [
      file.replace('.json', ''),
      JSON.parse(text),
    ]),
  )
}
