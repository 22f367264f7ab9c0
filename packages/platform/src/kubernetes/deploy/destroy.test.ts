import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ClusterAccess, openAccess } from './access.ts'
import { destroy, lossesOf } from './destroy.ts'
import { deploy, events, makeMachines, programs, removeMachines, report, root } from './machines.fixture.ts'
import { CLAIM, NAMESPACES, overlay, targetOf } from './test-deployment.ts'

beforeEach(makeMachines)
afterEach(removeMachines)

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

  test('leaves the files in a bucket, which no machine pays for', async () => {
    const claim = (volume: string) => `{ apiVersion: v1, kind: PersistentVolumeClaim,
      metadata: { name: files, namespace: neotool-data },
      spec: { volumeName: ${volume}, resources: { requests: { storage: 20Gi } } } }`
    programs.cluster.overlay = overlay('web:1', claim('pv-1'))
    await deploy()
    const inBucket = (name: string, namespace: string, persistentVolumeReclaimPolicy: string) => {
      const { spec, ...rest } = volume(name, namespace)
      const csi = { driver: 'ru.yandex.s3.csi', volumeHandle: `bulk/${name}` }
      return { ...rest, spec: { ...spec, persistentVolumeReclaimPolicy, csi } }
    }
    programs.cluster.add(inBucket('pv-1', 'neotool-data', 'Retain'))
    // One whose claim is gone, and one of which somebody has said that it goes.
    programs.cluster.add(inBucket('pv-0', 'neotool-web', 'Retain'))
    programs.cluster.add(inBucket('pv-2', 'neotool-app', 'Delete'))
    const target = targetOf(root)
    await using access = await openAccess({ target })
    const destruction = { target, access, volumesWithinMs: 0 }
    const losses = await lossesOf(destruction)
    expect(losses.lines.filter((line) => /^Volume|^Not lost/.test(line))).toEqual([
      'Volume neotool-app/files, 20Gi: pv-2, whose claim is gone already',
      'Not lost: files of claim neotool-data/files stay in the bucket, at bulk/pv-1 of ru.yandex.s3.csi; delete them by hand',
      'Not lost: files of claim neotool-web/files stay in the bucket, at bulk/pv-0 of ru.yandex.s3.csi; delete them by hand',
    ])
    await destroy(destruction, losses, report)
    expect(programs.cluster.find('PersistentVolume', 'pv-2')).toBeUndefined()
    for (const name of ['pv-0', 'pv-1']) {
      expect(programs.cluster.find('PersistentVolume', name)?.spec).toMatchObject({
        persistentVolumeReclaimPolicy: 'Retain',
      })
    }
  })

  test('tells a volume from the files of a claim that had its name before', async () => {
    programs.cluster.overlay = overlay('web:1', CLAIM)
    await deploy()
    const { spec, ...rest } = volume('pv-1', 'neotool-storage')
    programs.cluster.add({ ...rest, spec: { ...spec, csi: { driver: 'ru.yandex.s3.csi', volumeHandle: 'bulk/pv-1' } } })
    const target = targetOf(root)
    await using access = await openAccess({ target })
    expect((await lossesOf({ target, access })).lines).toContain('Volume neotool-storage/files, 20Gi')
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
      'terraform plan -input=false -no-color -out= -destroy',
      'terraform state rm -no-color module.r2.cloudflare_r2_bucket.this["assets"]',
      'terraform plan -input=false -no-color -out= -destroy',
      'terraform apply -input=false -no-color ',
    ])
    expect(events).toContainEqual(expect.objectContaining({ detail: 'its resources are deleted; buckets assets stay' }))
  })

  const ASSETS = 'module.r2.cloudflare_r2_bucket.this["assets"]'
  const changing = (calls: readonly string[]) => calls.filter((call) => /^terraform .*(state rm| apply )/.test(call))

  test('forgets no bucket and deletes nothing where by now there is more than was shown', async () => {
    await deploy()
    programs.cluster.terraformChanges = [[ASSETS, 'delete']]
    const target = targetOf(root)
    await using access = await openAccess({ target })
    const losses = await lossesOf({ target, access })
    const before = programs.cluster.calls.length
    for (const address of ['module.k3s.new', ASSETS.replace('assets', 'new')]) {
      programs.cluster.terraformChanges = [
        [ASSETS, 'delete'],
        [address, 'delete'],
      ]
      await expect(destroy({ target, access }, losses, report)).rejects.toThrow('It has changed nothing.')
    }
    expect(changing(programs.cluster.calls.slice(before))).toEqual([])
  })

  test('says how the state gets the buckets back where there is more once it has forgotten them', async () => {
    await deploy()
    programs.cluster.terraformChanges = [[ASSETS, 'delete']]
    const target = targetOf(root)
    await using access = await openAccess({ target })
    const { terraform } = access
    if (terraform === undefined) throw new Error('The environment has no Terraform.')
    const meanwhile: ClusterAccess = {
      ...access,
      terraform: {
        ...terraform,
        forget: async (addresses) => {
          await terraform.forget(addresses)
          programs.cluster.terraformChanges = [['module.k3s.new', 'delete']]
        },
      },
    }
    const losses = await lossesOf({ target, access })
    const before = programs.cluster.calls.length
    await expect(destroy({ target, access: meanwhile }, losses, report)).rejects.toMatchObject({
      message:
        'Terraform would by now delete more than was shown: module.k3s.new. It has deleted nothing, but its state has forgotten the ' +
        'buckets assets.',
      logLines: [`terraform -chdir=${root} import '${ASSETS}' ACCOUNT/assets/default`],
    })
    expect(changing(programs.cluster.calls.slice(before))).toEqual([expect.stringContaining('state rm')])
  })

  test('says it too where the machines cannot all be deleted once it has forgotten them, and goes on when repeated', async () => {
    await deploy()
    const target = targetOf(root)
    programs.cluster.terraformChanges = [
      [ASSETS, 'delete'],
      ['module.k3s.server', 'delete'],
    ]
    await using access = await openAccess({ target })
    const losses = await lossesOf({ target, access })
    programs.cluster.terraformFault = 'Error: the machine is protected'
    await expect(destroy({ target, access }, losses, report)).rejects.toMatchObject({
      message: expect.stringContaining('The state has forgotten the buckets assets by now, which stay.'),
      logLines: [
        expect.stringContaining('the machine is protected'),
        `terraform -chdir=${root} import '${ASSETS}' ACCOUNT/assets/default`,
      ],
      advice: expect.stringContaining('Run this again: it goes on where it was.'),
    })
    programs.cluster.terraformFault = ''
    programs.cluster.terraformChanges = [['module.k3s.server', 'delete']]
    await destroy({ target, access }, await lossesOf({ target, access }), report)
    expect(events).toContainEqual(expect.objectContaining({ detail: 'its resources are deleted' }))
  })
})
