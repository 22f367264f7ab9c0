/* One more environment, made as docs/environments.md says: whatever its file speaks of comes to where it belongs. */
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runKubeconform } from '@neotool/platform/kubernetes/checks/tools'
import { writeDerivedFiles } from '@neotool/platform/kubernetes/derive'
import { readEnvironmentFile } from '@neotool/platform/kubernetes/environment-file'
import type { KubernetesObject } from '@neotool/platform/kubernetes/objects'
import { SERVICES } from '@neotool/platform/kubernetes/releases'
import { renderEnvironment } from '@neotool/platform/kubernetes/render'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { faultsIn, named } from './manifests.ts'
import { root } from './root.ts'
import { findByOurRules } from './rules.ts'
import { configMap, settingsOfOperations, settingsOfRelease } from './service-settings.ts'

// What Terraform lets a person choose differs from production's, all of it.
const STAGING = `
provider: gcp
cloud:
  account: acme-staging
  region: europe-west3
  zones: [europe-west3-a, europe-west3-b, europe-west3-c]
  network: 10.30.0.0/16
  operators: [198.51.100.0/24]
hosts: { web: staging.acme.com, api: api.staging.acme.com }
tls: { issuer: letsencrypt, email: platform@acme.com }
nodes: { count: 5, cpu: 16, memoryGb: 64, diskGb: 200 }
podNetwork: 10.42.0.0/16
replicas:
  services: { min: 3, max: 20 }
  web: { min: 4, max: 8 }
  gateway: { min: 5, max: 9 }
volumes:
  storageClass: neotool-block
  sizes: { postgres: 31Gi, postgresWal: 32Gi, kafka: 33Gi, vault: 34Gi, prometheus: 35Gi, loki: 36Gi }
mail: { from: Acme <staging@acme.com> }
identityProviders:
  - id: acme-id
    name: Acme
    issuer: https://id.acme.com
    clientIds: [web-of-acme, phone-of-acme]
    web: { clientId: web-of-acme, hasSecret: true }
  - { id: open, name: Open, issuer: https://open.acme.com, clientIds: [public], web: { clientId: public, hasSecret: false } }
s3:
  endpoint: https://abcdefabcdefabcdefabcdefabcdefab.r2.cloudflarestorage.com
  region: auto
  buckets: { assets: acme-assets, public: acme-public, backups: acme-backups, bulk: acme-bulk }
`

const isSource = (path: string): boolean => !/\/(node_modules|\.terraform)(\/|$)/.test(path)

/** The one of docs/environments.md: what is written there is what works. */
const thinOverlay = async (): Promise<string> => {
  const page = await readFile(join(root, 'docs/environments.md'), 'utf8')
  const block = /overlays\/staging\/kustomization\.yaml`[\s\S]*?```yaml\n([\s\S]*?)\n +```/.exec(page)?.[1]
  if (block === undefined) throw new Error('docs/environments.md has no overlay of staging any more.')
  return block.replaceAll(/^ {3}/gm, '')
}

describe('staging, in a copy of the checkout', () => {
  let copy = ''
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(copy, path)), { recursive: true })
    await writeFile(join(copy, path), text)
  }
  const read = (path: string) => readFile(join(copy, path), 'utf8')
  const neotool = (...args: readonly string[]) =>
    execa(process.execPath, [join(copy, 'packages/cli/src/main.ts'), ...args], { reject: false, all: true })

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'neotool-staging-'))
    for (const path of ['package.json', 'packages/cli', 'infra', 'contracts', 'gateway/apollo-router', 'tests/cluster'])
      await cp(join(root, path), join(copy, path), { recursive: true, filter: isSource })
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
    await write('infra/environments/staging.yaml', STAGING)
    await write('infra/kubernetes/overlays/staging/kustomization.yaml', await thinOverlay())
    const machines = (name: string) => join(copy, 'infra/terraform/environments', name)
    await cp(machines('prod'), machines('staging'), { recursive: true })
  })
  afterAll(() => rm(copy, { recursive: true, force: true }))

  test('what follows from its file is missed, written by `config generate`, and then sound', async () => {
    const before = await neotool('config', 'check', 'staging')
    expect(before.exitCode, before.all).toBe(1)
    expect(before.all).toContain('infra/kubernetes/overlays/staging/environment/kustomization.yaml is not there')
    expect(before.all).toContain('infra/helm/values/environments/staging/app.yaml is not there')
    expect(before.all).toContain('infra/terraform/environments/staging/environment.auto.tfvars.json differs in line 2')
    const written = await neotool('config', 'generate', 'staging')
    expect(written.exitCode, written.all).toBe(0)
    const after = await neotool('config', 'check')
    expect(after.exitCode, after.all).toBe(0)
    expect(after.all).toContain('staging is sound')
    // Made again, it is the same to the letter.
    expect(writeDerivedFiles(copy, readEnvironmentFile(copy, 'staging'))).toEqual([])
  })

  describe('rendered', () => {
    let objects: readonly KubernetesObject[] = []
    beforeAll(async () => {
      const staging = readEnvironmentFile(copy, 'staging')
      writeDerivedFiles(copy, staging)
      objects = await renderEnvironment(copy, 'staging')
    })

    test('it has nothing of production and no fault', async () => {
      const text = JSON.stringify(objects)
      const ofProduction = ['neotool.example', '0'.repeat(32), 'neotool-bulk']
      expect(ofProduction.filter((value) => text.includes(value))).toEqual([])
      const found = await findByOurRules(objects, readEnvironmentFile(copy, 'staging'))
      expect(faultsIn([...found, ...(await runKubeconform(objects))])).toEqual([])
    })

    test('whatever its file says is where it belongs', () => {
      const host = (name: string, value: string) => ({
        metadata: { annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } },
        spec: { tls: [{ hosts: [value], secretName: `${name}-tls` }], rules: [{ host: value }] },
      })
      expect(named(objects, 'Ingress neotool-web/web')).toMatchObject(host('web', 'staging.acme.com'))
      expect(named(objects, 'Ingress neotool-web/gateway')).toMatchObject(host('gateway', 'api.staging.acme.com'))
      expect(configMap.parse(named(objects, 'ConfigMap neotool-web/public-addresses')).data).toEqual({
        web: 'https://staging.acme.com',
        files: 'https://abcdefabcdefabcdefabcdefabcdefab.r2.cloudflarestorage.com',
      })
      const scale = (least: number, most: number) => ({ spec: { minReplicas: least, maxReplicas: most } })
      expect(named(objects, 'HorizontalPodAutoscaler neotool-web/web')).toMatchObject(scale(4, 8))
      expect(named(objects, 'HorizontalPodAutoscaler neotool-web/gateway')).toMatchObject(scale(5, 9))
      for (const service of SERVICES)
        expect(named(objects, `HorizontalPodAutoscaler neotool-app/${service}`)).toMatchObject(scale(3, 20))
      const claim = (storage: string) => ({ storageClassName: 'neotool-block', resources: { requests: { storage } } })
      const claims = (storage: string) => ({ spec: { volumeClaimTemplates: [{ spec: claim(storage) }] } })
      expect(named(objects, 'StatefulSet neotool-messaging/kafka')).toMatchObject(claims('33Gi'))
      expect(named(objects, 'StatefulSet neotool-security/vault')).toMatchObject(claims('34Gi'))
      expect(named(objects, 'StatefulSet neotool-observability/loki')).toMatchObject(claims('36Gi'))
      expect(named(objects, 'Prometheus neotool-observability/neotool')).toMatchObject({
        spec: { retentionSize: '31GB', storage: { volumeClaimTemplate: { spec: claim('35Gi') } } },
      })
      expect(named(objects, 'Cluster neotool-data/postgres')).toMatchObject({
        spec: {
          imageName: expect.stringContaining('ghcr.io/cloudnative-pg/postgresql:'),
          storage: { size: '31Gi', storageClass: 'neotool-block' },
          walStorage: { size: '32Gi', storageClass: 'neotool-block' },
        },
      })
      const bulk = objects.find(({ kind, metadata }) => kind === 'StorageClass' && metadata.name === 'cloudflare-r2')
      expect(bulk).toMatchObject({ parameters: { bucket: 'acme-bulk' } })
    })

    test('its services and their CronJobs have its settings', () => {
      const issuer = 'https://api.staging.acme.com'
      expect(settingsOfRelease(objects, 'app')).toMatchObject({ APP_TOKEN_ISSUER: issuer })
      expect(settingsOfRelease(objects, 'assets')).toMatchObject({
        ASSETS_S3_BUCKET: 'acme-assets',
        ASSETS_S3_REGION: 'auto',
        ASSETS_S3_ENDPOINT: 'https://abcdefabcdefabcdefabcdefabcdefab.r2.cloudflarestorage.com',
        ASSETS_S3_PUBLIC_ENDPOINT: 'https://abcdefabcdefabcdefabcdefabcdefab.r2.cloudflarestorage.com',
      })
      const security = settingsOfRelease(objects, 'security')
      expect(security).toMatchObject({
        SECURITY_WEB_URL: 'https://staging.acme.com',
        SECURITY_MAIL_FROM: 'Acme <staging@acme.com>',
        SECURITY_TRUSTED_PROXIES: '10.42.0.0/16',
        SECURITY_VAULT_ADDRESS: 'https://vault.neotool-security.svc.cluster.local:8200',
      })
      expect(JSON.parse(security.SECURITY_IDENTITY_PROVIDERS ?? '')).toEqual([
        { id: 'acme-id', name: 'Acme', issuer: 'https://id.acme.com', clientIds: ['web-of-acme', 'phone-of-acme'] },
        { id: 'open', name: 'Open', issuer: 'https://open.acme.com', clientIds: ['public'] },
      ])
      for (const service of SERVICES)
        expect(settingsOfOperations(objects, service)).toEqual(settingsOfRelease(objects, service))
    })

    test('the web has its providers, and their secrets from a Secret alone', () => {
      const [web] = z
        .object({ spec: z.object({ template: z.object({ spec: z.object({ containers: z.array(z.unknown()) }) }) }) })
        .parse(named(objects, 'Deployment neotool-web/web')).spec.template.spec.containers
      const { env } = z.object({ env: z.array(z.looseObject({ name: z.string() })) }).parse(web)
      const names = env.map(({ name }) => name)
      const [secret, providers] = ['OIDC_CLIENT_SECRET_ACME_ID', 'WEB_IDENTITY_PROVIDERS']
      // Kubernetes puts in only what stands before.
      expect(names.indexOf(secret)).toBeLessThan(names.indexOf(providers))
      expect(env.find(({ name }) => name === secret)).toEqual({
        name: secret,
        valueFrom: { secretKeyRef: { name: 'web-settings', key: 'acme-id' } },
      })
      expect(JSON.parse(String(env.find(({ name }) => name === providers)?.value))).toEqual([
        {
          id: 'acme-id',
          name: 'Acme',
          issuer: 'https://id.acme.com',
          clientId: 'web-of-acme',
          clientSecret: `$(${secret})`,
        },
        { id: 'open', name: 'Open', issuer: 'https://open.acme.com', clientId: 'public' },
      ])
    })
  })

  test('Terraform has its variables, its cloud and a state of its own', async () => {
    const folder = 'infra/terraform/environments/staging'
    writeDerivedFiles(copy, readEnvironmentFile(copy, 'staging'))
    expect(JSON.parse(await read(`${folder}/environment.auto.tfvars.json`))).toEqual({
      name: 'neotool-staging',
      cloud_account: 'acme-staging',
      region: 'europe-west3',
      zones: { a: 'europe-west3-a', b: 'europe-west3-b', c: 'europe-west3-c' },
      network_cidr: '10.30.0.0/16',
      operator_cidrs: ['198.51.100.0/24'],
      nodes: 5,
      node: { cpu: 16, memory_gb: 64, disk_gb: 200 },
      acme_email: 'platform@acme.com',
      cloudflare_account_id: 'abcdefabcdefabcdefabcdefabcdefab',
      files: {
        buckets: { assets: 'acme-assets', public: 'acme-public', backups: 'acme-backups', bulk: 'acme-bulk' },
        allowed_origins: ['https://staging.acme.com'],
      },
    })
    expect(JSON.parse(await read(`${folder}/backend.tfbackend.json`))).toMatchObject({
      key: 'staging/terraform.tfstate',
      endpoints: { s3: 'https://abcdefabcdefabcdefabcdefabcdefab.r2.cloudflarestorage.com' },
    })
    expect(await read(`${folder}/cloud.tf`)).toBe(await read('infra/terraform/clouds/gcp.tf'))
  })

  test('a file that is wrong has all its faults told at once, and so have others', async () => {
    const wrong = STAGING.replace('staging.acme.com', 'https://staging.acme.com')
      .replace('min: 3, max: 20', 'min: 30, max: 20')
      .replace('neotool-block', 'cloudflare-r2')
      .replace(/tls:.*\n/, '')
      .replace('count: 5', 'cuont: 5')
    const path = 'infra/helm/values/environments/local/app.yaml'
    const sound = await read(path)
    await write('infra/environments/staging.yaml', wrong)
    await write(path, sound.replace('minReplicas: 2', 'minReplicas: 3'))
    await write('infra/helm/values/environments/local/billing.yaml', '')
    try {
      const { exitCode, all } = await neotool('config', 'check')
      expect(exitCode, all).toBe(1)
      for (const fault of [
        'infra/environments/staging.yaml has 6 faults.',
        'hosts.web: "https://staging.acme.com" must be a host name',
        'tls: is missing',
        'nodes.count: is missing',
        'nodes.cuont: there is no such value; did you mean count?',
        'replicas.services.min: 30 must not be above replicas.services.max, which is 20',
        'volumes.storageClass: "cloudflare-r2" must be neotool-block',
        `${path} differs in line 5: "minReplicas: 3" would be "minReplicas: 2"`,
        'infra/helm/values/environments/local/billing.yaml is no file of ours',
        'Not as it should be: local, staging.',
      ])
        expect(all).toContain(fault)
    } finally {
      await write('infra/environments/staging.yaml', STAGING)
      await write(path, sound)
      await rm(join(copy, 'infra/helm/values/environments/local/billing.yaml'))
    }
  })

  test('a name that is no environment is a fault of the command line', async () => {
    const { exitCode, all } = await neotool('config', 'check', 'stagin')
    expect(exitCode).toBe(2)
    expect(all).toContain('One of local, prod, staging, cluster-test')
  })
})
