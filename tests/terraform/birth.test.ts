/** How a machine becomes a node: its first data, made by the real providers, and the program in it, run where it does no harm. */
import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { terraformWith } from '@neotool/platform/terraform/program'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { copyOf } from './tree.ts'

const values = {
  name: 'neotool-test',
  servers: {
    'server-a': { address: '10.20.15.246', zone: 'one' },
    'server-b': { address: '10.20.31.246', zone: 'two' },
    'server-c': { address: '10.20.47.246', zone: 'three' },
  },
  agents: { 'agent-01': { zone: 'one' } },
  kubernetes_api: 'https://api.example.org:6443',
  snapshots: {
    endpoint: 'account.r2.cloudflarestorage.com',
    region: 'auto',
    bucket: 'neotool-backups',
    folder: 'neotool-test/etcd',
    access_key_id: 'key-id',
    secret_access_key: 'key-secret',
  },
  acme: { email: 'platform@example.org' },
}

const outputs = z.object({
  user_data: z.object({ value: z.record(z.string(), z.string()) }),
  kubeconfig: z.object({ value: z.string() }),
})
const cloudConfig = z.object({
  write_files: z.array(
    z.object({ path: z.string(), permissions: z.string(), encoding: z.literal('b64'), content: z.string() }),
  ),
  runcmd: z.array(z.array(z.string())),
})
const kubeconfigSchema = z.object({
  clusters: z.tuple([z.object({ cluster: z.object({ 'certificate-authority-data': z.string() }) })]),
  users: z.tuple([z.object({ user: z.object({ 'client-certificate-data': z.string() }) })]),
})

let made: z.output<typeof outputs>
const decoded = (text: string) => Buffer.from(text, 'base64').toString()
const filesOf = (machine: string): Map<string, string> =>
  new Map(
    cloudConfig
      .parse(parse(made.user_data.value[machine] ?? ''))
      .write_files.map(({ path, content }) => [path, decoded(content)]),
  )
const fileOf = (machine: string, path: string): string => filesOf(machine).get(path) ?? ''

beforeAll(async () => {
  await using copy = await copyOf(inject('infra'))
  const terraform = terraformWith(inject('configuration'))
  const directory = join(copy.terraform, 'modules/k3s/cluster')
  await writeFile(join(directory, 'terraform.tfvars.json'), JSON.stringify(values))
  const { exitCode, output } = await terraform(directory, ['apply', '-auto-approve', '-input=false'])
  if (exitCode !== 0) throw new Error(output)
  made = outputs.parse(JSON.parse((await terraform(directory, ['output', '-json'])).stdout))
})

test('every machine starts its program, and each of its files can be read', () => {
  for (const [machine, text] of Object.entries(made.user_data.value)) {
    expect(cloudConfig.parse(parse(text)).runcmd, machine).toEqual([['/etc/neotool/start-k3s.sh']])
    for (const [path, content] of filesOf(machine)) {
      if (!path.endsWith('.yaml')) continue
      for (const document of parseAllDocuments(content)) expect(document.errors, path).toEqual([])
    }
  }
})

// Of what it reads from its file, most is no flag of the kubelet: K3s would not start with one that it does not know.
test('the kubelet is given no flag, and its settings lie where K3s lets it read them', () => {
  for (const machine of Object.keys(made.user_data.value)) {
    const settings: unknown = parse(fileOf(machine, '/etc/rancher/k3s/config.yaml'))
    expect(settings, machine).toHaveProperty('node-name')
    expect(settings, machine).not.toHaveProperty('kubelet-arg')
    expect(parse(fileOf(machine, '/var/lib/rancher/k3s/agent/etc/kubelet.conf.d/50-shutdown.conf')), machine).toEqual({
      apiVersion: 'kubelet.config.k8s.io/v1beta1',
      kind: 'KubeletConfiguration',
      shutdownGracePeriod: '60s',
      shutdownGracePeriodCriticalPods: '20s',
    })
    // As long as that, or the kubelet is refused it.
    const logind = fileOf(machine, '/etc/systemd/logind.conf.d/unattended-upgrades-logind-maxdelay.conf')
    expect(logind, machine).toBe('[Login]\nInhibitDelayMaxSec=60\n')
  }
})

// By it one would join the cluster, or act as the machine.
test('pods are refused what the cloud tells its machines, before there are any', () => {
  for (const [machine, text] of Object.entries(made.user_data.value)) {
    const k3s = machine.startsWith('server') ? 'k3s' : 'k3s-agent'
    const unit = fileOf(machine, '/etc/systemd/system/neotool-metadata.service').split('\n')
    expect(unit, machine).toContain('ExecStart=/usr/sbin/nft --file /etc/neotool/metadata.nft')
    expect(unit, machine).toContain(`Before=${k3s}.service`)
    expect(unit, machine).toContain(`RequiredBy=${k3s}.service`)
    expect(fileOf(machine, '/etc/neotool/metadata.nft'), machine).toContain(
      'ip saddr 10.42.0.0/16 ip daddr { 169.254.169.254, 168.63.129.16 } ct direction original tcp dport != 53 reject',
    )
    expect(parse(text), machine).toHaveProperty('packages', expect.arrayContaining(['nftables']))
  }
})

test("the operator's certificate is signed by the authority that servers take clients from", () => {
  const kubeconfig = kubeconfigSchema.parse(parse(made.kubeconfig.value))
  const operator = new X509Certificate(decoded(kubeconfig.users[0].user['client-certificate-data']))
  const clients = new X509Certificate(fileOf('server-a', '/var/lib/rancher/k3s/server/tls/client-ca.crt'))
  expect(operator.verify(clients.publicKey)).toBe(true)
  expect(operator.subject).toContain('O=system:masters')
  expect(clients.ca).toBe(true)
})

test('kubectl trusts the authority that servers show, whose hash is in the join tokens', async () => {
  const kubeconfig = kubeconfigSchema.parse(parse(made.kubeconfig.value))
  const authority = fileOf('server-a', '/var/lib/rancher/k3s/server/tls/server-ca.crt')
  expect(decoded(kubeconfig.clusters[0].cluster['certificate-authority-data'])).toBe(authority)
  const hash = execFileSync('sha256sum', { input: authority }).toString().slice(0, 64)
  expect(fileOf('server-b', '/etc/neotool/join-token')).toMatch(new RegExp(`^K10${hash}::server:\\w{48}$`))
  expect(fileOf('agent-01', '/etc/neotool/join-token')).toMatch(new RegExp(`^K10${hash}::node:\\w{48}$`))
})

describe('the program of a first start', () => {
  let place = ''

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'neotool-birth-'))
  })
  afterAll(() => rm(place, { recursive: true, force: true }))

  /** Runs it below a directory of its own, with programs that only write down what they were asked; `alive` answer. */
  const start = async (machine: string, alive: readonly string[]) => {
    const home = await mkdtemp(join(place, 'machine-'))
    const bin = join(home, 'bin')
    await mkdir(bin)
    const programs: Record<string, string> = {
      curl: `for last; do :; done
        case "$last" in
          */ping) case "$last" in ${[...alive, 'nobody'].map((address) => `*//${address}:*`).join('|')}) exit 0 ;; *) exit 7 ;; esac ;;
          *) echo "curl $last" >>'${home}/calls'; for word; do [ "$previous" = --output ] && echo 'echo "install $INSTALL_K3S_VERSION $INSTALL_K3S_SKIP_START $*" >>${home}/calls' >"$word"; previous=$word; done ;;
        esac`,
      k3s: `echo 'kind: List'`,
      sysctl: '',
      // Time runs, so that a machine that finds nobody gives up.
      sleep: `echo "$(($(cat '${home}/now' 2>/dev/null || echo 0) + 300))" >'${home}/now'`,
      date: `cat '${home}/now' 2>/dev/null || echo 0`,
      systemctl: `echo "systemctl $*" >>'${home}/calls'`,
    }
    for (const [name, script] of Object.entries(programs)) {
      await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`)
      await chmod(join(bin, name), 0o755)
    }
    for (const [path, content] of filesOf(machine)) {
      await mkdir(join(home, path, '..'), { recursive: true })
      await writeFile(join(home, path), content.replaceAll(/(?<![\w/.])\/(etc|var|root)\//g, `${home}/$1/`))
    }
    await mkdir(join(home, 'root'), { recursive: true })
    const { exitCode, stderr } = await execa('sh', [join(home, 'etc/neotool/start-k3s.sh')], {
      env: { PATH: `${bin}:${process.env.PATH}` },
      reject: false,
    })
    const read = (path: string) => readFile(join(home, path), 'utf8').catch(() => '')
    return {
      exitCode,
      stderr,
      calls: await read('calls'),
      join: await read('etc/rancher/k3s/config.yaml.d/join.yaml'),
      read,
    }
  }

  test('the first server begins a cluster where nobody answers', async () => {
    const { exitCode, calls, join: settings, read } = await start('server-a', [])
    expect(exitCode).toBe(0)
    expect(parse(settings)).toEqual({ 'cluster-init': true, token: expect.stringMatching(/^\w{48}$/) })
    expect(calls.trim().split('\n')).toEqual([
      'curl https://raw.githubusercontent.com/k3s-io/k3s/v1.33.6%2Bk3s1/install.sh',
      'install v1.33.6+k3s1 true server',
      'systemctl enable --now neotool-metadata',
      'systemctl start k3s',
    ])
    expect(await read('var/lib/rancher/k3s/server/manifests/remote.yaml')).toBe('kind: List\n')
  })

  test('one that replaces it joins the others, and begins no second cluster', async () => {
    const { exitCode, join: settings } = await start('server-a', ['10.20.47.246'])
    expect(exitCode).toBe(0)
    expect(parse(settings)).toEqual({
      server: 'https://10.20.47.246:6443',
      token: fileOf('server-a', '/etc/neotool/join-token'),
    })
  })

  test('another server joins, and gives up after a quarter of an hour where nobody answers', async () => {
    const joined = await start('server-b', ['10.20.15.246'])
    expect(joined.exitCode).toBe(0)
    expect(parse(joined.join)).toMatchObject({ server: 'https://10.20.15.246:6443' })
    // It does not take itself for another one.
    const alone = await start('server-b', ['10.20.31.246'])
    expect(alone.exitCode).toBe(1)
    expect(alone.stderr).toContain('start-k3s: it has not succeeded within 15 minutes: join_cluster')
    expect(alone.calls).toBe('')
  })

  test('an agent joins, with no manifests', async () => {
    const { exitCode, calls, join: settings, read } = await start('agent-01', ['10.20.31.246'])
    expect(exitCode).toBe(0)
    expect(parse(settings)).toMatchObject({
      server: 'https://10.20.31.246:6443',
      token: fileOf('agent-01', '/etc/neotool/join-token'),
    })
    expect(calls).toContain(
      'install v1.33.6+k3s1 true agent\nsystemctl enable --now neotool-metadata\nsystemctl start k3s-agent\n',
    )
    expect(await read('var/lib/rancher/k3s/server/manifests/remote.yaml')).toBe('')
  })
})
