import { expect, test } from 'vitest'
import { isStartingJob, podList } from './pods.ts'

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString()

const podOf = ({ owner = 'Job', phase = 'Pending', ageSeconds = 5, reason = 'ContainerCreating' }) => {
  const [pod] = podList.parse({
    items: [
      {
        metadata: {
          name: 'vault-init-1',
          namespace: 'neotool-security',
          uid: 'u',
          creationTimestamp: ago(ageSeconds),
          ownerReferences: [{ kind: owner }],
        },
        status: {
          phase,
          containerStatuses: [
            { name: 'vault-init', ready: false, restartCount: 0, image: 'security:1', state: { waiting: { reason } } },
          ],
        },
      },
    ],
  }).items
  if (pod === undefined) throw new Error('there is one')
  return pod
}

test('a pod that a Job has just made is on its way', () => {
  expect(isStartingJob(podOf({}))).toBe(true)
})

test.each([
  ['that waits for a minute', { ageSeconds: 61 }],
  ['whose image cannot be had', { reason: 'ErrImagePull' }],
  ['that has failed', { phase: 'Failed' }],
  ['of a Deployment', { owner: 'ReplicaSet' }],
])('one %s is not', (_what, change) => {
  expect(isStartingJob(podOf(change))).toBe(false)
})
