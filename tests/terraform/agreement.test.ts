/** What is said here and elsewhere too is the same: versions of the add-ons, names of classes, sizes of nodes. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KUBERNETES_VERSION } from '@neotool/platform/kubernetes/schemas'
import { modulesBelow } from '@neotool/platform/terraform/checks'
import { expect, inject, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { root, terraformRoot } from './tree.ts'

const read = (path: string) => readFile(join(root, path), 'utf8')
const readYaml = async (path: string): Promise<unknown> => parse(await read(path))

const chart = z.object({
  spec: z.looseObject({ chart: z.string(), version: z.string(), valuesContent: z.string().default('') }),
})
const chartOf = async (name: string) =>
  chart.parse(await readYaml(`infra/terraform/modules/k3s/cluster/manifests/${name}.yaml`)).spec
const hostPort = (port: number) => z.looseObject({ hostPort: z.literal(port) })
/** Traefik on every node, with the node's own ports, which one pod of a node can have at a time. */
const seesCallers = z.object({
  deployment: z.object({ kind: z.literal('DaemonSet') }),
  updateStrategy: z.object({
    rollingUpdate: z.object({ maxUnavailable: z.int().positive(), maxSurge: z.literal(0) }),
  }),
  service: z.object({ type: z.literal('ClusterIP') }),
  ports: z.object({ web: hostPort(80), websecure: hostPort(443) }),
})
const kustomization = z.looseObject({
  patches: z.array(
    z.looseObject({
      target: z.looseObject({ kind: z.string().optional(), name: z.string().optional() }),
      patch: z.string(),
    }),
  ),
})
const schemaModules = () => read('packages/platform/binaries/kubernetes-schemas/go.mod')

test('cert-manager and CloudNativePG are those whose definitions manifests are checked against', async () => {
  expect(await schemaModules()).toContain(`cert-manager ${(await chartOf('cert-manager')).version}`)
  const { image } = z
    .object({ image: z.object({ tag: z.string() }) })
    .parse(parse((await chartOf('cloudnative-pg')).valuesContent))
  expect(await schemaModules()).toContain(`cloudnative-pg v${image.tag}`)
})

// Behind K3s' own load balancer all callers have one address, and would share its limits.
test("callers' addresses reach Traefik", async () => {
  const { spec } = z
    .object({ spec: z.object({ valuesContent: z.string() }) })
    .parse(await readYaml('infra/terraform/modules/k3s/cluster/manifests/traefik.yaml'))
  expect(seesCallers.safeParse(parse(spec.valuesContent)).error?.issues).toBeUndefined()
})

test('K3s is of the Kubernetes that manifests are checked for', async () => {
  const minor = KUBERNETES_VERSION.split('.').slice(0, 2).join('.')
  for (const module of inject('modules').filter((name) => name.startsWith('modules/k3s/'))) {
    const text = await readFile(join(terraformRoot, module, 'variables.tf'), 'utf8')
    expect(/default\s+= "(v[\d.]+\+k3s\d)"/.exec(text)?.[1], module).toMatch(new RegExp(`^v${minor}\\.\\d+\\+k3s\\d$`))
  }
})

test('all modules install one version of K3s', async () => {
  const modules = (await modulesBelow(terraformRoot)).filter((name) => name.startsWith('modules/k3s/'))
  const texts = await Promise.all(modules.map((name) => readFile(join(terraformRoot, name, 'variables.tf'), 'utf8')))
  expect(new Set(texts.map((text) => /default\s+= "(v[^"]+k3s\d)"/.exec(text)?.[1])).size).toBe(1)
})

// K3s' own script writes what is called K3S_… into the environment of its service, where the settings would come a second time.
test('what the program of a local K3s is given is called as it reads it, and not as K3s would take it', async () => {
  const given = [...(await read('infra/terraform/modules/k3s/local/main.tf')).matchAll(/^ +([A-Z][A-Z0-9_]+) += /gm)]
  const taken = [...(await read('infra/terraform/modules/k3s/local/install.sh')).matchAll(/\$([A-Z][A-Z0-9_]+)/g)]
  const names = new Set(given.map(([, name = '']) => name))
  expect(names.size).toBeGreaterThan(0)
  expect(new Set(taken.map(([, name]) => name))).toEqual(names)
  expect([...names].filter((name) => /^(K3S|CONTAINERD|INSTALL_K3S)_/.test(name))).toEqual([])
})

test('the class cloudflare-r2 of the overlay has the driver and the Secret that are made', async () => {
  expect(await readYaml('infra/kubernetes/overlays/prod/storage/storage-class.yaml')).toMatchObject({
    metadata: { name: 'cloudflare-r2' },
    provisioner: 'ru.yandex.s3.csi',
    parameters: {
      'csi.storage.k8s.io/provisioner-secret-name': 'cloudflare-r2',
      'csi.storage.k8s.io/provisioner-secret-namespace': 'kube-system',
    },
  })
})

// Parameters of a class cannot be changed: were the two not the same, the overlay could not be applied.
test('the overlay puts the bucket into that class which Terraform makes', async () => {
  const values = z
    .object({ files: z.object({ buckets: z.object({ bulk: z.string() }) }) })
    .parse(JSON.parse(await read('infra/terraform/environments/prod/environment.auto.tfvars.json')))
  const { patches } = kustomization.parse(
    await readYaml('infra/kubernetes/overlays/prod/environment/kustomization.yaml'),
  )
  const ofClass = patches.filter(({ target }) => target.kind === 'StorageClass' && target.name === 'cloudflare-r2')
  expect(ofClass.map(({ patch }) => parse(patch))).toEqual([
    [{ op: 'add', path: '/parameters/bucket', value: values.files.buckets.bulk }],
  ])
})

test("production's cloud.tf is a copy of the one of its provider", async () => {
  const { provider } = z.looseObject({ provider: z.string() }).parse(await readYaml('infra/environments/prod.yaml'))
  expect(await read('infra/terraform/environments/prod/cloud.tf')).toBe(
    await read(`infra/terraform/clouds/${provider}.tf`),
  )
})
