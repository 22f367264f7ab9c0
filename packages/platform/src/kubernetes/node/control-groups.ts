/** The control group of a node's pods. The kernel does not remove it with its processes, and the kubelet makes none itself. */
import { mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { waitUntilReady } from '../../probe.ts'

const root = '/sys/fs/cgroup'

/** One directory per controller, or with the second version of control groups a single one. */
const hierarchies = (): string[] =>
  statSync(join(root, 'cgroup.controllers'), { throwIfNoEntry: false })
    ? [root]
    : readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? join(root, entry.name) : []))

/** Makes the control group below each controller. */
export const makeControlGroup = (name: string): void => {
  for (const hierarchy of hierarchies()) mkdirSync(join(hierarchy, name), { recursive: true })
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
    { withinMs: 15_000, everyMs: 50 },
  )
