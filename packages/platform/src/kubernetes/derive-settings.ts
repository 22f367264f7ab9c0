/*
 * The settings of the services that follow from an environment's file: as values of their releases, and, of the same values, as
 * the settings of the CronJobs that run their operations.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Environment } from './environment-file.ts'
import { chartIn, handWrittenValuesOf, type ServiceName } from './releases.ts'

const MINIO = 'http://minio.neotool-storage.svc.cluster.local:9000'

/** The addresses under which people reach an environment. */
export const publicAddressesOf = (environment: Environment) => {
  if (environment.kind === 'local') {
    const { web, api, files } = environment.hosts
    return { web: `http://${web}`, api: `http://${api}`, files: `http://${files}` }
  }
  const { hosts, s3 } = environment
  // Addresses of files are signed for the S3 address of R2, and R2 takes them at no other one.
  return { web: `https://${hosts.web}`, api: `https://${hosts.api}`, files: s3.endpoint }
}

type Settings = Readonly<Record<string, string>>

const s3Of = (environment: Environment): Settings => {
  const { files } = publicAddressesOf(environment)
  return environment.kind === 'local'
    ? {
        S3_ENDPOINT: MINIO,
        S3_PUBLIC_ENDPOINT: files,
        S3_REGION: environment.s3.region,
        S3_BUCKET: environment.s3.bucket,
      }
    : {
        S3_ENDPOINT: files,
        S3_PUBLIC_ENDPOINT: files,
        S3_REGION: environment.s3.region,
        S3_BUCKET: environment.s3.buckets.assets,
      }
}

const securityOf = (environment: Environment): Settings => {
  const { identityProviders, mail, podNetwork } = environment
  const providers = identityProviders.map(({ id, name, issuer, clientIds }) => ({ id, name, issuer, clientIds }))
  return {
    ...(providers.length > 0 && { IDENTITY_PROVIDERS: JSON.stringify(providers) }),
    MAIL_FROM: mail.from,
    // The pods: the gateway says for whom it asks.
    TRUSTED_PROXIES: podNetwork,
    WEB_URL: publicAddressesOf(environment).web,
  }
}

// Its host has a certificate already, for the gateway's Ingress: Traefik finds it by the name that a client asks for.
const overTls = {
  'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure',
  'traefik.ingress.kubernetes.io/router.tls': 'true',
}

const ingressOf = (environment: Environment) => ({
  host: environment.hosts.api,
  ...(environment.kind !== 'local' && { annotations: overTls }),
})

/** What the release of a service gets from an environment's file, beside what others of its values say. */
export const derivedValuesOf = (environment: Environment, service: ServiceName) => ({
  settings: {
    TOKEN_ISSUER: publicAddressesOf(environment).api,
    ...(service === 'security' && securityOf(environment)),
    ...(service === 'assets' && s3Of(environment)),
  },
  autoscaling: {
    minReplicas: environment.replicas.services.min,
    maxReplicas: environment.replicas.services.max,
  },
  ...(service === 'security' && { ingress: ingressOf(environment) }),
})

const valuesFile = z.looseObject({
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  vault: z.looseObject({ address: z.string().optional(), ownLogin: z.boolean().optional() }).default({}),
})

const PORT = '8080'

/**
 * The settings, no secrets among them, that an operation of a service gets: those that the chart gives the service itself, for
 * an operation checks them all.
 */
export const operationSettingsOf = (root: string, environment: Environment, service: ServiceName): Settings => {
  const files = [join(chartIn(root), 'values.yaml'), ...handWrittenValuesOf(root, environment, service)]
  const layers = [
    ...files.filter(existsSync).map((file) => valuesFile.parse(parse(readFileSync(file, 'utf8')))),
    valuesFile.parse(derivedValuesOf(environment, service)),
  ]
  const settings = Object.assign({}, ...layers.map((layer) => layer.settings))
  const vault: z.output<typeof valuesFile>['vault'] = Object.assign({}, ...layers.map((layer) => layer.vault))
  const all = {
    ...settings,
    HTTP_PORT: PORT,
    ...(vault.ownLogin && {
      VAULT_ADDRESS: vault.address,
      VAULT_JWT_ROLE: `neotool-${service}`,
      VAULT_JWT_FILE: '/var/run/secrets/vault/token',
    }),
  }
  return Object.fromEntries(
    Object.entries(all)
      .map(([name, value]): [string, string] => [`${service.toUpperCase()}_${name}`, String(value)])
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  )
}
