import type { TestProject } from 'vitest/node'
import { neotool } from './neotool.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Two environments that run side by side, and what the `up` of each printed. */
    readonly copies: readonly { readonly name: string; readonly output: string }[]
  }
}

const names = ['copy-one', 'copy-two']

/** Starts two copies at the same moment, which is a test in itself. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const stop = async () => {
    await Promise.all(names.map((name) => neotool(['down', '--name', name, '--volumes', '--yes'])))
  }
  await stop()
  const copies = await Promise.all(
    names.map(async (name) => ({ name, ...(await neotool(['up', '--name', name, '--no-seed'])) })),
  )
  const failed = copies.find(({ exitCode }) => exitCode !== 0)
  if (failed) {
    await stop()
    throw new Error(failed.output)
  }
  project.provide('copies', copies)
  return stop
}
