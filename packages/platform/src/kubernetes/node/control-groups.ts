/** The control group of a node's pods. The kernel does not remove it with its processes, and no kubelet makes it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { waitUntilReady } from '../../probe.ts'

const root = '/sys/fs/cgroup'

/** What the root of the second version of control groups offers; undefined where the machine has the first. */
const unifiedControllers = (): string[] | undefined => {
  const file = join(root, 'cgroup.controllers')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ') : undefined
}

/** One directory per controller, or with the second version a single one. */
const hierarchies = (): string[] =>
  unifiedControllers()
    ? [root]
    : readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? join(root, entry.name) : []))

// Those that the kubelet insists on having, as far as the machine has them.
const needed = ['cpu', 'cpuset', 'hugetlb', 'memory', 'pids']

/** The controllers to pass on to groups below, in the kernel's words. */
export const passingOn = (offered: readonly string[]): string =>
  needed.flatMap((controller) => (offered.includes(controller) ? `+${controller}` : [])).join(' ')

// Each task of the machine that is in no group counts for as much as a whole group does: beside a few busy ones all pods
// together would have a small part of a processor.
const WEIGHTS = { 'cpu.shares': 4 * 1_024, 'cpu.weight': 4 * 100 } as const

const giveWeight = (directory: string): void => {
  for (const [file, weight] of Object.entries(WEIGHTS)) {
    if (existsSync(join(directory, file))) writeFileSync(join(directory, file), String(weight))
  }
}

/** Makes the control group below each controller, with four times the usual weight. */
export const makeControlGroup = (name: string): void => {
  const offered = unifiedControllers()
  // Groups have the controllers that those above them pass on.
  if (offered) writeFileSync(join(root, 'cgroup.subtree_control'), passingOn(offered))
  for (const hierarchy of hierarchies()) {
    mkdirSync(join(hierarchy, name), { recursive: true })
    giveWeight(join(hierarchy, name))
  }
}

const removeTree = (directory: string): void => {
  if (!statSync(directory, { throwIfNoEntry: false })) return
  const children = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const child of children) removeTree(join(directory, child.name))
  rmdirSync(directory)
}

/** Removes the control group with all below it; the kernel may need a moment to let go of a process that has ended. */
export const removeControlGroup = (name: string): Promise<void> =>
  waitUntilReady(
    `The removal of the control group ${name}`,
    async () => {
      for (const hierarchy of hierarchies()) removeTree(join(hierarchy, name))
    },
    { withinMs: 60_000, everyMs: 50 },
  )
