import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { commandsEnding } from '../../run-command.ts'
import { openAccess } from './access.ts'
import { removalsIn } from './deploy.ts'
import { deploy, events, makeMachines, programs, removeMachines, root } from './machines.fixture.ts'
import { targetOf } from './test-deployment.ts'
import { KUBECONFIG_SECRET, PLAN_SECRET, S3_KEYS } from './test-terraform.ts'

beforeEach(makeMachines)
afterEach(removeMachines)

const settingsOf = (file: string): string => {
  const secret = programs.cluster.find('Secret', 'service-settings') as { data?: Record<string, string> } | undefined
  return secret?.data?.[file] ?? ''
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
