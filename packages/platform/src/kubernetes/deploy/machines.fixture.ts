/** For tests: an environment whose machines Terraform makes, with programs that behave as the real ones. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TaskEvent } from '../../tasks.ts'
import { openAccess } from './access.ts'
import { deployTo, overlay, targetOf } from './test-deployment.ts'
import { makeTestPrograms, type TestPrograms } from './test-programs.ts'

/** What each test of a file finds made anew. */
export let programs: TestPrograms
/** Terraform's root module. */
export let root = ''
export const events: TaskEvent[] = []
export const report = (event: TaskEvent) => void events.push(event)

let pathBefore: string | undefined

/** Makes them, for a test alone in its process. */
export const makeMachines = async (): Promise<void> => {
  programs = await makeTestPrograms()
  pathBefore = process.env.PATH
  process.env.PATH = programs.path
  programs.cluster.overlay = overlay()
  root = mkdtempSync(join(tmpdir(), 'neotool-root-'))
  events.length = 0
}

/** Removes them, and brings back the PATH. */
export const removeMachines = async (): Promise<void> => {
  process.env.PATH = pathBefore
  rmSync(root, { recursive: true })
  await programs[Symbol.asyncDispose]()
}

/** Deploys the environment as it is then. */
export const deploy = async () => {
  const target = targetOf(root)
  await using access = await openAccess({ target })
  return await deployTo(access, { target, report })
}
