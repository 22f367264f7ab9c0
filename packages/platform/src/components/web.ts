import { existsSync, readFileSync } from 'node:fs'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Component, httpUrl, type Preparation, portOf, type Work } from '../component.ts'
import { defaultName, type Environment } from '../environment.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { identityProviderSettings } from '../identity-providers.ts'
import { writeFileAtomically } from '../json-file.ts'
import { waitForLock } from '../lock.ts'
import { probeHttp } from '../probe.ts'
import { runCommand } from '../run-command.ts'
import { type Address, localOrigin } from './gateway.ts'

const sources = ['web', 'contracts', 'package-lock.json']

// With a small young generation it takes 280 MB after load instead of 430, and renders a quarter fewer pages a second.
const heapLimitMb = 256
const youngHeapMb = 4

const lockFileOf = (root: string) => join(root, '.neotool/web-build.lock')

const builtFrom = (root: string) => {
  const file = join(root, 'web/.next/neotool-sources')
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}

/** Next's production build; done again only when what it is made of has changed. All environments share it. */
const webBuild: Preparation = {
  title: 'build of the web',
  isDone: async ({ root }) => builtFrom(root) === fingerprintOf(root, sources),
  run: async ({ root }, { progress, signal }) => {
    await using _lock = await waitForLock(lockFileOf(root), () => progress('another neotool builds it'), signal)
    const fingerprint = fingerprintOf(root, sources)
    if (builtFrom(root) === fingerprint) return
    // Next refuses to build with a NODE_ENV other than production, and a person's shell may have one.
    const { NODE_ENV: _, ...env } = process.env
    await runCommand('npm', ['run', 'build', '--workspace', 'web', '--loglevel=error'], {
      cwd: root,
      env: { ...env, NEXT_TELEMETRY_DISABLED: '1' },
      signal,
      onLine: progress,
      advice: 'See the whole output with: npm run build -w web',
    })
    writeFileAtomically(join(root, 'web/.next/neotool-sources'), `${fingerprint}\n`)
  },
}

/** Where an environment keeps its copy of the build that it runs: a later build must not change files under a server. */
const copyOf = (environment: Environment) =>
  join(environment.directory, 'web', builtFrom(environment.root)?.slice(0, 16) ?? 'none')

const copyBuild = async (environment: Environment, { progress, signal }: Work) => {
  await using _lock = await waitForLock(
    lockFileOf(environment.root),
    () => progress('another neotool builds it'),
    signal,
  )
  const copy = copyOf(environment)
  if (existsSync(join(copy, '.next/BUILD_ID'))) return
  await rm(join(environment.directory, 'web'), { recursive: true, force: true })
  const web = join(environment.root, 'web')
  // The compiler's cache is the larger part, and nobody serves it.
  const cache = join(web, '.next/cache')
  for (const name of ['package.json', 'next.config.ts', '.next']) {
    await cp(join(web, name), join(copy, name), { recursive: true, filter: (source) => source !== cache })
  }
}

type WebOptions = {
  readonly address: Address
  readonly gateway: Component
  /** Browsers talk to it themselves: its public address, which need not be ready before the web. */
  readonly storage: Component
}

/** The web app: Next's server over its production build. */
export const webComponent = ({ address, gateway, storage }: WebOptions): Component => ({
  ...address,
  dependsOn: [gateway],
  preparations: [webBuild],
  sources,
  readyWithinMs: 60_000,
  url: (environment) => localOrigin(environment, address),
  launch: async (environment) => ({
    command: process.execPath,
    args: [
      `--max-old-space-size=${heapLimitMb}`,
      `--max-semi-space-size=${youngHeapMb}`,
      join(environment.root, 'node_modules/next/dist/bin/next'),
      'start',
      '-H',
      '127.0.0.1',
      '-p',
      String(portOf(environment, address)),
    ],
    cwd: copyOf(environment),
    env: {
      WEB_GATEWAY_URL: gateway.url(environment),
      WEB_ORIGIN: localOrigin(environment, address),
      WEB_STORAGE_ORIGIN: new URL(storage.url(environment)).origin,
      WEB_COOKIE_PREFIX: cookiePrefix(environment),
      WEB_IDENTITY_PROVIDERS: identityProviderSettings()?.web ?? '[]',
      WEB_SECURE_COOKIES: 'false',
      NEXT_TELEMETRY_DISABLED: '1',
    },
    user: 'person',
    stopSignal: 'SIGTERM',
    graceMs: 28_000,
  }),
  prepare: copyBuild,
  probe: (environment) => probeHttp(`${httpUrl(environment, address)}/health/ready`),
})

// Browsers share the cookies of all ports of a host, so two environments must not use the same names.
const cookiePrefix = ({ name }: Environment) => (name === defaultName ? 'neotool' : `neotool_${name}`)
