import { join } from 'node:path'
import { accessTo, deployTo, targetOf } from '@neotool/platform/kubernetes/deploy/test-deployment'
import { makeTestPrograms, type TestPrograms } from '@neotool/platform/kubernetes/deploy/test-programs'
import { execa } from 'execa'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkout } from '../checkout.ts'
import { exitCodes } from '../exit-codes.ts'

let programs: TestPrograms

const neotool = (...args: readonly string[]) =>
  execa(process.execPath, [join(checkout, 'packages/cli/src/main.ts'), ...args], {
    env: { PATH: programs.path, HOME: '/nowhere' },
    extendEnv: false,
    all: true,
    reject: false,
    stdin: 'ignore',
  })

const deploy = (...args: readonly string[]) => neotool('deploy', 'local', '--kubeconfig', 'a-kubeconfig', ...args)

/** As an earlier command has left the cluster, without waiting for it. */
const deployed = (name = 'local') => deployTo(accessTo(programs.cluster), { target: { ...targetOf(), name } })

const namespaces = ['data', 'storage', 'security', 'observability', 'web', 'app'].map(
  (name) => `{ apiVersion: v1, kind: Namespace, metadata: { name: neotool-${name} } }`,
)
const minio =
  '{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: minio, namespace: neotool-storage }, spec: { template: { spec: { containers: [] } } } }'
const web = `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: neotool-web },
  spec: { replicas: 1, template: { spec: { containers: [{ name: web, image: "web:1" }] } } } }`

beforeEach(async () => {
  programs = await makeTestPrograms()
  programs.cluster.overlay = [...namespaces, minio, web].join('\n---\n')
})
afterEach(() => programs[Symbol.asyncDispose]())

test('a deployment shows its plan, its steps and what runs', async () => {
  const { exitCode, stdout, stderr } = await deploy()
  expect(exitCode, stderr).toBe(exitCodes.done.code)
  expect(stdout).toMatch(/^manifests +2 new$/m)
  expect(stdout).toMatch(/^releases +4 new; each migrates its database first$/m)
  expect(stdout).toMatch(/^✔ releases /m)
  expect(stdout).toMatch(/^web +Deployment +neotool-web +ready +1\/1 +web:1$/m)
  expect(stdout).toContain('local is deployed and well')
})

test('--plan changes nothing', async () => {
  const { exitCode, stdout } = await deploy('--plan')
  expect(exitCode).toBe(exitCodes.done.code)
  expect(stdout).toMatch(/^namespaces +6 new$/m)
  expect(programs.cluster.calls).toEqual([])
})

test('--json prints one document and nothing else, also of a deployment that fails', async () => {
  const good = await deploy('--json')
  expect(JSON.parse(good.stdout)).toMatchObject({ environment: 'local', state: 'deployed' })
  programs.cluster.broken = 'web'
  const bad = await deploy('--json', '--from', 'parts')
  expect(bad.exitCode).toBe(exitCodes.failed.code)
  expect(JSON.parse(bad.stdout)).toMatchObject({
    state: 'failed',
    steps: [
      { step: 'parts', state: 'failed' },
      { step: 'releases', state: 'not begun' },
      { step: 'verify', state: 'not begun' },
    ],
    failure: {
      message: expect.stringContaining('stopped at "parts"'),
      logLines: expect.arrayContaining(['Deployment neotool-web/web: 0 of 1 ready']),
    },
  })
  const planned = await deploy('--json', '--plan')
  expect(JSON.parse(planned.stdout)).toMatchObject({ state: 'planned', plan: expect.any(Array) })
})

test.each([
  ['deploy', { state: 'failed' }],
  ['verify', { isWell: false, parts: [], checks: [], trouble: [] }],
  ['rollback', { state: 'failed' }],
])('%s --json prints one document also where it fails before it has begun', async (command, expected) => {
  programs.cluster.isAway = true
  const { exitCode, stdout } = await neotool(command, 'local', '--kubeconfig', 'a-kubeconfig', '--json')
  expect(exitCode).toBe(exitCodes.failed.code)
  expect(JSON.parse(stdout)).toEqual({
    environment: 'local',
    ...expected,
    failure: {
      message: expect.stringContaining('kubectl get secrets'),
      logLines: ['The connection to the server was refused'],
      advice: expect.stringContaining('kubectl version'),
    },
  })
})

test('rollback --json prints one document also where it stops on its way', async () => {
  await deployed()
  programs.cluster.overlay = programs.cluster.overlay.replace('web:1', 'web:2')
  await deployed()
  programs.cluster.broken = 'web'
  const { exitCode, stdout } = await neotool('rollback', 'local', '--kubeconfig', 'a-kubeconfig', '--json')
  expect(exitCode).toBe(exitCodes.failed.code)
  expect(JSON.parse(stdout)).toMatchObject({
    environment: 'local',
    state: 'failed',
    failure: { message: expect.stringContaining('The rollback stopped') },
  })
})

test('a step that does not exist is answered with those that do, and nothing is done', async () => {
  const { exitCode, all } = await deploy('--from', 'release')
  expect(exitCode).toBe(exitCodes.usage.code)
  expect(all).toContain('One of: terraform, namespaces, secrets, manifests, parts, releases, verify')
  expect(programs.cluster.calls).toEqual([])
})

test('an environment that does not exist is answered with those that do', async () => {
  const { exitCode, all } = await neotool('deploy', 'staging-of-mars', '--kubeconfig', 'a-kubeconfig')
  expect(exitCode).toBe(exitCodes.usage.code)
  expect(all).toContain('local, prod')
})

test.each(['kubectl', 'helm'])('without %s it says what is missing', async (program) => {
  programs.without(program)
  const { exitCode, all } = await deploy()
  expect(exitCode).toBe(exitCodes.prerequisite.code)
  expect(all).toContain(`This needs ${program} on the PATH.`)
})

test('verify tells of each part and each check, and fails where one is not well', async () => {
  await deployed()
  const good = await neotool('verify', 'local', '--kubeconfig', 'a-kubeconfig', '--json')
  expect(good.exitCode, good.stderr).toBe(exitCodes.done.code)
  expect(JSON.parse(good.stdout)).toMatchObject({ environment: 'local', isWell: true, trouble: [] })
  programs.cluster.broken = 'web'
  const bad = await neotool('verify', 'local', '--kubeconfig', 'a-kubeconfig')
  expect(bad.exitCode).toBe(exitCodes.failed.code)
  expect(bad.stderr).toContain('Deployment neotool-web/web is not ready: 0 of 1')
})

test('rollback says what it does and what it does not undo', async () => {
  await deployed()
  programs.cluster.tag = '0.2.0'
  programs.cluster.overlay = programs.cluster.overlay.replace('web:1', 'web:2')
  await deployed()
  const { exitCode, stdout, stderr } = await neotool('rollback', 'local', '--kubeconfig', 'a-kubeconfig')
  expect(exitCode, stderr).toBe(exitCodes.done.code)
  expect(stdout).toContain('Deployment neotool-web/web changed')
  expect(stdout).toContain('Release app back to revision 1')
  expect(stdout).toContain('migrations go forward only')
  expect(JSON.stringify(programs.cluster.find('Deployment', 'app'))).toContain('neotool/app:0.1.0')
})

test.each([
  ['deploy', 'local', '--plan'],
  ['verify', 'local'],
  ['rollback', 'local'],
  ['destroy', 'local', '--yes'],
])('%s refuses the cluster of another environment, and does nothing there', async (...command) => {
  await deployed('prod')
  const before = programs.cluster.calls.length
  const { exitCode, all } = await neotool(...command, '--kubeconfig', 'a-kubeconfig')
  expect(exitCode, all).toBe(exitCodes.usage.code)
  expect(all).toContain('This is the cluster of prod, and not of local.')
  expect(programs.cluster.calls.slice(before)).toEqual([])
})

test('destroy removes nothing unless its name was typed or --yes was given', async () => {
  await deployed()
  const before = programs.cluster.calls.length
  const asked = await neotool('destroy', 'local', '--kubeconfig', 'a-kubeconfig')
  expect(asked.exitCode).toBe(exitCodes.usage.code)
  expect(asked.all).toContain('What is lost with local, for good')
  expect(programs.cluster.calls.slice(before)).toEqual([])
  const told = await neotool('destroy', 'local', '--kubeconfig', 'a-kubeconfig', '--yes')
  expect(told.exitCode, told.stderr).toBe(exitCodes.done.code)
  expect(programs.cluster.find('Namespace', 'neotool-web')).toBeUndefined()
})
