import type { StepPlan } from '@neotool/platform/kubernetes/deploy/deploy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { access, theCluster } from './access.ts'
import { checkoutWithoutImages } from './checkout.ts'
import { neotool, neotoolIn, neotoolJson } from './neotool.ts'
import { ENVIRONMENT } from './platform.ts'

const MINUTE_MS = 60_000
const cluster = theCluster()
const at = () => ['--kubeconfig', access().kubeconfig]

type Part = { readonly name: string; readonly state: string }
type Deployed = { readonly plan: readonly StepPlan[]; readonly parts: readonly Part[] }

/** What of the plan is a change of something that is there. */
const changesIn = (plan: readonly StepPlan[]): string[] =>
  plan.flatMap(({ changes }) =>
    changes.filter(({ change }) => change !== 'run').map(({ subject, change }) => `${subject} ${change}`),
  )

/** What the pods that run were made after. How many there are of each, the autoscalers say. */
const templates = async (): Promise<readonly string[]> => {
  const label = (name: string) => `{.metadata.labels.${name.replaceAll('.', '\\.')}}`
  const line = ['app.kubernetes.io/name', 'pod-template-hash', 'controller-revision-hash'].map(label).join(' ')
  const text = await cluster.kubectl([
    ...['get', 'pods', '--all-namespaces', '--field-selector=status.phase=Running'],
    ...['--selector=app.kubernetes.io/part-of=neotool', `--output=jsonpath={range .items[*]}${line}{"\\n"}{end}`],
  ])
  // A pod of a Job is made after none.
  return [...new Set(text.split('\n').filter((each) => /\S+ .*\S/.test(each)))].sort()
}

const succeed = async (...args: readonly string[]): Promise<string> => {
  const { exitCode, stdout, stderr } = await neotool(...args, ...at())
  expect(exitCode, stderr).toBe(0)
  return stdout
}

// Whatever tests before these have left, and what these leave where they fail.
beforeAll(async () => void (await succeed('deploy', ENVIRONMENT)), 10 * MINUTE_MS)
afterAll(async () => void (await succeed('deploy', ENVIRONMENT)), 10 * MINUTE_MS)

describe('a deployment', () => {
  it('that is repeated changes nothing', async () => {
    const before = await templates()
    const again = await neotoolJson<Deployed>('deploy', ENVIRONMENT, ...at())
    expect(changesIn(again.plan)).toEqual([])
    expect(await templates()).toEqual(before)
    expect(again.parts.filter(({ state }) => state !== 'ready')).toEqual([])
  })

  it(
    'whose manifests name images that do not exist says which pods lack them, and a rollback mends it',
    async () => {
      const before = await templates()
      await using checkout = await checkoutWithoutImages('neotool/web', 'minio/minio')
      const { exitCode, stderr } = await neotoolIn(checkout.directory, 'deploy', ENVIRONMENT, ...at())
      expect(exitCode, stderr).toBe(1)
      expect(stderr).toContain('stopped at "parts"')
      expect(stderr).toMatch(
        /Pod neotool-web\/web-\S+ is Pending, not ready; container web \(\S*neotool\/web:nowhere\) waits/,
      )
      expect(stderr).toMatch(/Pod neotool-web\/web-\S+: Failed: .*neotool\/web:nowhere/)
      expect(stderr).toMatch(/Pod neotool-storage\/minio-0: Failed: .*minio\/minio:nowhere/)

      await succeed('rollback', ENVIRONMENT)
      await succeed('verify', ENVIRONMENT)
      expect(await templates()).toEqual(before)
    },
    10 * MINUTE_MS,
  )

  it(
    'whose release names an image that does not exist keeps the pods of before, and a rollback mends it',
    async () => {
      const before = await templates()
      await using checkout = await checkoutWithoutImages('neotool/assistant')
      const { exitCode, stderr } = await neotoolIn(checkout.directory, 'deploy', ENVIRONMENT, ...at())
      expect(exitCode, stderr).toBe(1)
      const pod = String.raw`Pod neotool-app/assistant-migrate-\S+`
      expect(stderr).toMatch(
        new RegExp(`stopped at "releases": ${pod}, container \\S+: its image \\S*neotool/assistant:nowhere`),
      )
      expect(stderr).toMatch(new RegExp(`${pod}: Failed: .*neotool/assistant:nowhere`))
      expect(await templates()).toEqual(before)

      expect(await succeed('rollback', ENVIRONMENT)).toContain('migrations go forward only')
      expect(changesIn((await neotoolJson<Deployed>('deploy', ENVIRONMENT, ...at(), '--plan')).plan)).toEqual([])
    },
    10 * MINUTE_MS,
  )
})

describe('scale', () => {
  it('sets the least number of pods until the next deployment', async () => {
    expect(await succeed('scale', 'assistant', '3')).toContain('at least 3 and at most 10')
    const { plan } = await neotoolJson<Deployed>('deploy', ENVIRONMENT, ...at(), '--plan', '--from', 'releases')
    const details = plan.flatMap(({ changes }) => changes.flatMap(({ detail }) => detail.map((line) => line.trim())))
    expect(details).toContain('spec.minReplicas: 3 → 2')
  })

  it.each(['1', '11'])('refuses %s pods, which is out of the range of the environment', async (count) => {
    const { exitCode, stderr } = await neotool('scale', 'assistant', count, ...at())
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining(`assistant can have 2 to 10 pods, and not ${count}`),
    ])
  })
})
