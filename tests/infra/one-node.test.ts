/* One more environment of a single node: whatever its file says is where it belongs, MinIO's part above all. */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeDerivedFiles } from '@neotool/platform/kubernetes/derive'
import { readEnvironmentFile } from '@neotool/platform/kubernetes/environment-file'
import { renderKustomization } from '@neotool/platform/kubernetes/render'
import { expect, test } from 'vitest'
import { named } from './manifests.ts'
import { root } from './root.ts'
import { configMap, settingsOfOperations } from './service-settings.ts'

const LAB = `
provider: local
hosts: { web: lab.acme.com, api: api.lab.acme.com, files: files.lab.acme.com }
nodes: { count: 1, cpu: 4, memoryGb: 16 }
podNetwork: 10.99.0.0/16
replicas:
  services: { min: 1, max: 3 }
volumes:
  storageClass: acme-disk
  sizes: { postgres: 41Gi, kafka: 42Gi, minio: 43Gi, prometheus: 44Gi, loki: 45Gi }
mail: { from: lab@acme.com }
identityProviders: []
s3: { region: lab-1, bucket: acme-lab }
`

// As docs/environments.md says of one like local.
const OVERLAY = `
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [../../base, ../../base/storage]
components: [../local/platform, ./environment, ../local/images]
`

const variables = (container: string, values: Readonly<Record<string, string>>) => ({
  spec: {
    template: {
      spec: {
        containers: [
          {
            name: container,
            env: expect.arrayContaining(Object.entries(values).map(([name, value]) => ({ name, value }))),
          },
        ],
      },
    },
  },
})

test('another one like local has its own names, sizes and buckets', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'neotool-lab-'))
  try {
    for (const path of ['infra/kubernetes', 'infra/helm', 'contracts', 'gateway/apollo-router'])
      await cp(join(root, path), join(copy, path), { recursive: true })
    for (const [path, text] of [
      ['infra/environments/lab.yaml', LAB],
      ['infra/kubernetes/overlays/lab/kustomization.yaml', OVERLAY],
    ] as const) {
      await mkdir(join(copy, path, '..'), { recursive: true })
      await writeFile(join(copy, path), text)
    }
    writeDerivedFiles(copy, readEnvironmentFile(copy, 'lab'))
    const objects = await renderKustomization(join(copy, 'infra/kubernetes/overlays/lab'))
    const host = (value: string) => ({ spec: { rules: [{ host: value }] } })
    expect(named(objects, 'Ingress neotool-web/web')).toMatchObject(host('lab.acme.com'))
    expect(named(objects, 'Ingress neotool-web/gateway')).toMatchObject(host('api.lab.acme.com'))
    expect(named(objects, 'Ingress neotool-storage/minio')).toMatchObject(host('files.lab.acme.com'))
    expect(configMap.parse(named(objects, 'ConfigMap neotool-web/public-addresses')).data).toEqual({
      web: 'http://lab.acme.com',
      files: 'http://files.lab.acme.com',
    })
    const minio = 'StatefulSet neotool-storage/minio'
    expect(named(objects, minio)).toMatchObject(
      variables('minio', { MINIO_API_CORS_ALLOW_ORIGIN: 'http://lab.acme.com', MINIO_SITE_REGION: 'lab-1' }),
    )
    expect(named(objects, 'Job neotool-storage/buckets')).toMatchObject(
      variables('buckets', { ASSETS_S3_REGION: 'lab-1', ASSETS_S3_BUCKET: 'acme-lab' }),
    )
    const claim = (storage: string) => ({ storageClassName: 'acme-disk', resources: { requests: { storage } } })
    for (const [name, size] of [
      ['StatefulSet neotool-data/postgres', '41Gi'],
      ['StatefulSet neotool-messaging/kafka', '42Gi'],
      [minio, '43Gi'],
      ['StatefulSet neotool-observability/loki', '45Gi'],
    ] as const)
      expect(named(objects, name)).toMatchObject({ spec: { volumeClaimTemplates: [{ spec: claim(size) }] } })
    expect(named(objects, 'Prometheus neotool-observability/neotool')).toMatchObject({
      spec: { retentionSize: '39GB', storage: { volumeClaimTemplate: { spec: claim('44Gi') } } },
    })
    expect(settingsOfOperations(objects, 'security')).toMatchObject({
      SECURITY_TOKEN_ISSUER: 'http://api.lab.acme.com',
      SECURITY_WEB_URL: 'http://lab.acme.com',
      SECURITY_TRUSTED_PROXIES: '10.99.0.0/16',
    })
    expect(settingsOfOperations(objects, 'assets')).toMatchObject({
      ASSETS_S3_ENDPOINT: 'http://minio.neotool-storage.svc.cluster.local:9000',
      ASSETS_S3_PUBLIC_ENDPOINT: 'http://files.lab.acme.com',
      ASSETS_S3_REGION: 'lab-1',
      ASSETS_S3_BUCKET: 'acme-lab',
    })
  } finally {
    await rm(copy, { recursive: true })
  }
})
