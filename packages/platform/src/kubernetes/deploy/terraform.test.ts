import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { commandsEnding } from '../../run-command.ts'
import type { TaskEvent } from '../../tasks.ts'
import { openAccess } from './access.ts'
import { removalsIn } from './deploy.ts'
import { destroy, lossesOf } from './destroy.ts'
import { CLAIM, deployTo, NAMESPACES, overlay, targetOf } from './test-deployment.ts'
import { makeTestPrograms, type TestPrograms } from './test-programs.ts'
import { KUBECONFIG_SECRET, PLAN_SECRET, S3_KEYS } from './test-terraform.ts'

// Here they are processes, a hundred for each deployment.
vi.setConfig({ testTimeout: 60_000 })

let programs: TestPrograms
let root = ''
const events: TaskEvent[] = []
const report = (event: TaskEvent) => void events.push(event)

beforeEach(async () => {
  programs = await makeTestPrograms()
  vi.stubEnv('PATH', programs.path)
  programs.cluster.overlay = overlay()
  root = mkdtempSync(join(tmpdir(), 'neotool-root-'))
  events.length = 0
})
afterEach(async () => {
  vi.unstubAllEnvs()
  rmSync(root, { recursive: true })
  await programs[Symbol.asyncDispose]()
})

const settingsOf = (file: string): string => {
  const secret = programs.cluster.find('Secret', 'service-settings') as { data?: Record<string, string> } | undefined
  return secret?.data?.[file] ?? ''
}

const deploy = async () => {
  const target = targetOf(root)
  await using access = await openAccess({ target })
  return await deployTo(access, { target, report })
}

describe('with Terraform', () => {
  test('a new environment has no cluster yet: it is made first, and its kubeconfig is used', async () => {
    programs.cluster.terraformChanges = [['module.k3s.server', 'create']]
    const { plan, outcome } = await deploy()
    expect(plan.map(({ step, summary }) => [step, summary])).toEqual(
      expect.arrayContaining([
        ['terraform', '1 created'],
        ['manifests', 'all 4 objects are new: there is no cluster yet'],
      ]),
    )
    expect(outcome.failure).toBeUndefined()
    const calls = programs.cluster.calls.filter((call) => call.startsWith('terraform'))
    expect(calls.map((call) => call.replace(/-chdir=\S+ |[^\s=]*neotool-terraform-\S+/g, ''))).toEqual([
      'terraform init -input=false -no-color',
      'terraform plan -input=false -no-color -out=',
      'terraform apply -input=false -no-color ',
    ])
  })

  test('what is secret is told nowhere', async () => {
    const { plan, outcome } = await deploy()
    const told = JSON.stringify([plan, outcome, events, programs.cluster.calls])
    expect(told).not.toContain(KUBECONFIG_SECRET)
    expect(told).not.toContain(PLAN_SECRET)
    expect(told).not.toContain(S3_KEYS.secret_access_key)
  })

  test('nor is it told where Terraform fails while it shows it', async () => {
    programs.cluster.isShowingBroken = true
    const fault: unknown = await deploy().catch((error: unknown) => error)
    expect(fault).toMatchObject({ message: 'The plan of Terraform could not be read.', logLines: [] })
    expect(JSON.stringify([fault, events])).not.toContain(PLAN_SECRET)
  })

  test('the state is where the generated file says, and the keys of the bucket come from the outputs', async () => {
    writeFileSync(join(root, 'backend.tfbackend.json'), '{}')
    await deploy()
    expect(programs.cluster.calls[0]).toContain(
      'init -input=false -no-color -backend-config=backend.tfbackend.json -backend-config=profile=neotool-state',
    )
    const settings = Buffer.from(settingsOf('assets.json'), 'base64').toString()
    expect(JSON.parse(settings)).toMatchObject({
      ASSETS_S3_ACCESS_KEY_ID: S3_KEYS.access_key_id,
      ASSETS_S3_SECRET_ACCESS_KEY: S3_KEYS.secret_access_key,
    })
  })

  test('what would be deleted or replaced is named, for a person has to agree', async () => {
    programs.cluster.terraformChanges = [
      ['server["a"]', 'delete', 'create'],
      ['bucket', 'delete'],
      ['net', 'update'],
    ]
    const { plan } = await deploy()
    expect(removalsIn(plan)).toEqual(['server["a"] is replaced', 'bucket is deleted'])
  })

  test("its failure is the deployment's, in its own words", async () => {
    programs.cluster.terraformFault = 'Error: creating the server: quota exceeded'
    const { failure } = (await deploy()).outcome
    expect(failure?.message).toContain('stopped at "terraform"')
    expect(failure?.logLines).toContain('Error: creating the server: quota exceeded')
  })

  test('is asked to end where somebody interrupts it, and never ended by force', async () => {
    programs.cluster.isTerraformSlow = true
    const abort = new AbortController()
    await using access = await openAccess({ target: targetOf(root), signal: abort.signal })
    await access.terraform?.plan()
    const seen: (readonly string[])[] = []
    const applied = access.terraform?.apply(() => {
      abort.abort(new Error('interrupted'))
      seen.push(commandsEnding())
    })
    await expect(applied).rejects.toThrow('interrupted')
    expect(seen).toEqual([['terraform']])
  })

  test('says how a state that was left locked is unlocked', async () => {
    programs.cluster.terraformFault = [
      'Error: Error acquiring the state lock',
      'Lock Info:',
      '  ID:        5b2c0d3e-8f0a-4c58-9d4b-0a1f6b3f7c21',
      '  Operation: OperationTypeApply',
    ].join('\n')
    const { failure } = (await deploy()).outcome
    expect(failure?.advice).toContain(`terraform -chdir=${root} force-unlock 5b2c0d3e-8f0a-4c58-9d4b-0a1f6b3f7c21`)
  })

  const called =
    'Error from server (InternalError): Internal error occurred: failed calling webhook "w.cert-manager.io": '
  const denied = 'Error from server (Forbidden): admission webhook "w.cert-manager.io" denied the request'

  test.each([
    'no endpoints available for service "cert-manager-webhook"',
    'Post "https://cert-manager-webhook.cert-manager.svc:443": dial tcp 10.0.0.1:443: connect: connection refused',
    'tls: failed to verify certificate: x509: certificate signed by unknown authority',
    // As K3s' server says it, which goes to pods by a proxy of its own.
    [
      'proxy error from 127.0.0.1:6443 while dialing 10.42.3.16:9443, code 503: 503 Service Unavailable',
      'proxy error from 127.0.0.1:6443 while dialing 10.42.3.16:9443, code 502: 502 Bad Gateway',
      'Post "https://cert-manager-webhook.cert-manager.svc:443": context deadline exceeded',
      'Post "https://cert-manager-webhook.cert-manager.svc:443": dial tcp 10.43.7.1:443: i/o timeout',
    ].join(`\n${called}`),
  ])('applies again while the webhook of a new add-on does not answer: %s', async (answer) => {
    programs.cluster.webhookFault = `deployment.apps/web serverside-applied\n${called}${answer}`
    const { failure } = (await deploy()).outcome
    expect(failure).toBeUndefined()
  })

  test.each([
    `${called}no endpoints available\n${denied}`,
    `${called}500 Internal Server Error`,
    'Error from server (Timeout): the server did not answer: context deadline exceeded',
  ])('does not wait where a webhook has another fault: %s', async (fault) => {
    programs.cluster.webhookFault = fault
    const { failure } = (await deploy()).outcome
    expect(failure?.message).toContain('stopped at "manifests"')
  })

  test('needs terraform on the PATH', async () => {
    programs.without('terraform')
    await expect(deploy()).rejects.toMatchObject({ reason: 'prerequisite' })
  })
})

test('without Terraform and without --kubeconfig nothing says where the cluster is', async () => {
  await expect(openAccess({ target: targetOf() })).rejects.toMatchObject({ reason: 'usage' })
})

describe('destroy', () => {
  test('names what is lost, removes what is ours, and the machines last', async () => {
    programs.cluster.overlay = overlay('web:1', CLAIM)
    await deploy()
    programs.cluster.terraformChanges = [['module.k3s.server', 'delete']]
    const target = targetOf(root)
    await using way = await openAccess({ target })
    const losses = await lossesOf({ target, access: way })
    expect(losses.lines).toEqual([
      'Volume neotool-storage/files, 20Gi',
      'Buckets: all files that were uploaded',
      expect.stringContaining('Keys:'),
      `Namespaces with all that is in them: ${NAMESPACES.join(', ')}`,
      'Terraform deletes module.k3s.server',
    ])
    await destroy({ target, access: way }, losses, report)
    expect(
      programs.cluster.calls
        .filter((call) => /uninstall|delete Namespace|terraform.* apply/.test(call))
        .map((call) => call.split(' ')[0]),
    ).toEqual(['terraform', 'helm', ...NAMESPACES.map(() => 'kubectl'), 'terraform'])
    expect(programs.cluster.find('Namespace', 'neotool-web')).toBeUndefined()
  })

  const volume = (name: string, namespace: string) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage: '20Gi' },
      claimRef: { namespace, name: 'files' },
      persistentVolumeReclaimPolicy: 'Retain',
      csi: { driver: 'ebs.csi.aws.com', volumeHandle: `vol-${name}` },
    },
  })

  test('deletes at the provider what the class of the volumes would keep, and not those of others', async () => {
    programs.cluster.overlay = overlay('web:1', CLAIM)
    await deploy()
    for (const [name, namespace] of [
      ['pv-1', 'neotool-storage'],
      ['pv-0', 'neotool-data'],
      ['pv-2', 'others'],
    ] as const) {
      programs.cluster.add(volume(name, namespace))
    }
    const target = targetOf(root)
    await using access = await openAccess({ target })
    const losses = await lossesOf({ target, access })
    expect(losses.lines.filter((line) => line.startsWith('Volume'))).toEqual([
      'Volume neotool-storage/files, 20Gi',
      'Volume neotool-data/files, 20Gi: pv-0, whose claim is gone already',
    ])
    await destroy({ target, access }, losses, report)
    const left = ['pv-0', 'pv-1', 'pv-2'].filter((name) => programs.cluster.find('PersistentVolume', name))
    expect(left).toEqual(['pv-2'])
    expect(programs.cluster.find('PersistentVolume', 'pv-2')?.spec).toMatchObject({
      persistentVolumeReclaimPolicy: 'Retain',
    })
  })

  test('names the volumes that stay, and keeps the machines, which alone can delete them', async () => {
    await deploy()
    programs.cluster.add(volume('pv-1', 'neotool-data'))
    programs.cluster.stuckVolume = 'pv-1'
    const target = targetOf(root)
    await using access = await openAccess({ target })
    const destruction = { target, access, volumesWithinMs: 0 }
    const before = programs.cluster.calls.length
    await expect(destroy(destruction, await lossesOf(destruction), report)).rejects.toMatchObject({
      message: 'Volumes are still there after 0 s: pv-1.',
      logLines: ['PersistentVolume pv-1 of neotool-data/files, 20Gi: vol-pv-1 of ebs.csi.aws.com'],
    })
    expect(programs.cluster.calls.slice(before).filter((call) => / apply /.test(call))).toEqual([])
  })

  test('leaves the buckets, which cannot be deleted while something is in them', async () => {
    await deploy()
    programs.cluster.terraformChanges = [
      ['module.r2.cloudflare_r2_bucket.this["assets"]', 'delete'],
      ['module.r2.cloudflare_r2_bucket_cors.this["assets"]', 'delete'],
      ['module.k3s.server', 'delete'],
    ]
    const target = targetOf(root)
    await using access = await openAccess({ target })
    const losses = await lossesOf({ target, access })
    expect(losses.lines.slice(-3)).toEqual([
      'Terraform deletes module.r2.cloudflare_r2_bucket_cors.this["assets"]',
      'Terraform deletes module.k3s.server',
      'Not lost: buckets assets stay; delete them by hand',
    ])
    const before = programs.cluster.calls.length
    await destroy({ target, access }, losses, report)
    const calls = programs.cluster.calls.slice(before).filter((call) => call.startsWith('terraform'))
    expect(calls.map((call) => call.replace(/-chdir=\S+ |[^\s=]*neotool-terraform-\S+/g, ''))).toEqual([
      'terraform state rm -no-color module.r2.cloudflare_r2_bucket.this["assets"]',
      'terraform plan -input=false -no-color -out= -destroy',
      'terraform apply -input=false -no-color ',
    ])
    expect(events).toContainEqual(expect.objectContaining({ detail: 'its resources are deleted; buckets assets stay' }))
  })

  test('applies no plan that has more in it than was shown', async () => {
    await deploy()
    programs.cluster.terraformChanges = [['cloudflare_r2_bucket.this["assets"]', 'delete']]
    const target = targetOf(root)
    await using access = await openAccess({ target })
    const losses = await lossesOf({ target, access })
    programs.cluster.terraformChanges = [...programs.cluster.terraformChanges, ['module.k3s.new', 'delete']]
    await expect(destroy({ target, access }, losses, report)).rejects.toThrow('more than was shown: module.k3s.new')
  })
})
