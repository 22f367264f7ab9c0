import { mkdirSync, rmSync } from 'node:fs'
import { urlsOf } from '@neotool/platform/platform'
import { startEnvironment } from '@neotool/platform/start'
import { stopEnvironment } from '@neotool/platform/stop'
import { CLIENT_ID, startIdentityProvider } from '@neotool/testkit/identity-provider'
import type { TestProject } from 'vitest/node'
import { name, root, visitor } from './environment.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly urls: ReturnType<typeof urlsOf>
    /** Where each journey leaves its pictures; kept until the next run. */
    readonly screenshots: string
  }
}

/** A whole platform of its own, empty, beside whatever else runs in this checkout. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const screenshots = `${root}/.neotool/screenshots`
  rmSync(screenshots, { recursive: true, force: true })
  mkdirSync(screenshots, { recursive: true })
  const stop = async () => {
    await stopEnvironment({ root, name, isDataDeleted: true })
  }
  await stop()
  const provider = await startIdentityProvider(visitor)
  process.env.NEOTOOL_IDENTITY_PROVIDERS = JSON.stringify([
    { id: 'test', name: 'Test Provider', issuer: provider.issuer, clientId: CLIENT_ID },
  ])
  const { environment } = await startEnvironment({ root, name, isSeeded: false })
  project.provide('urls', urlsOf(environment))
  project.provide('screenshots', screenshots)
  return async () => {
    await stop()
    await provider[Symbol.asyncDispose]()
  }
}
