import type { EnvironmentName } from '@neotool/platform/kubernetes/releases'
import { type BootstrapSecret, bootstrapSecrets, type SecretData } from '@neotool/platform/kubernetes/secrets-table'

export const knownSecrets = (environment: EnvironmentName): readonly BootstrapSecret[] => bootstrapSecrets(environment)

/** The secret settings of each service as they would be in Vault, freshly made. */
export const secretSettings = (environment: EnvironmentName): Record<string, Record<string, string>> => {
  const made = new Map<string, SecretData>()
  const given = {
    smtpUrl: 'smtps://user:password@mail.example',
    ...(environment === 'prod' && { s3: { accessKeyId: 'id', secretAccessKey: 'secret' } }),
  }
  for (const { name, make } of bootstrapSecrets(environment)) if (make) made.set(name, make(made, given))
  return Object.fromEntries(
    Object.entries(made.get('service-settings') ?? {}).map(([file, text]) => [
      file.replace('.json', ''),
      JSON.parse(text),
    ]),
  )
}
