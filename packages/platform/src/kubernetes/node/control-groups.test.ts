import { expect, test } from 'vitest'
import { passingOn } from './control-groups.ts'

test('passes on what a kubelet insists on, as far as it is there', () => {
  expect(passingOn(['cpuset', 'cpu', 'io', 'memory', 'pids', 'rdma'])).toBe('+cpu +cpuset +memory +pids')
})
