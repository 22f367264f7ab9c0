import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Component, httpUrl, type Preparation, portOf } from '../component.ts'
import { defaultName, type Environment } from '../environment.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { writeFileAtomically } from '../json-file.ts'
import { waitForLock } from '../lock.ts'
import { probeHttp } from '../probe.ts'
import { runCommand } from '../run-command.ts'
import { type Address, localOrigin } from './gateway.ts'

const sources = ['web', 'contracts', 'package-lock.json']

const heapLimitMb = 256

const builtFrom = (root: string) => {
  const file = join(root, 'web/.next/neotool-sources')
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}

/** Next's production build; done again only when what it is made of has changed. All environments share it. */
const webBuild: Preparation = {
  title: 'build of the web',
  isDone: async ({ root }) => builtFrom(root) === fingerprintOf(root, sources),
  run: async ({ root }, { progress, signal }) => {
    await using _lock = await waitForLock(
      join(root, '.neotool/web-build.lock'),
      () => progress('another neotool builds it'),
      signal,
    )
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

/** The web app: Next's server over its production build. */
export const webComponent = ({ address, gateway }: { address: Address; gateway: Component }): Component => ({
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
      join(environment.root, 'node_modules/next/dist/bin/next'),
      'start',
      '-H',
      '127.0.0.1',
      '-p',
      String(portOf(environment, address)),
    ],
    cwd: join(environment.root, 'web'),
    env: {
      WEB_GATEWAY_URL: gateway.url(environment),
      WEB_ORIGIN: localOrigin(environment, address),
      WEB_COOKIE_PREFIX: cookiePrefix(environment),
      WEB_SECURE_COOKIES: 'false',
      NEXT_TELEMETRY_DISABLED: '1',
    },
    user: 'person',
    stopSignal: 'SIGTERM',
    graceMs: 28_000,
  }),
  probe: (environment) => probeHttp(`${httpUrl(environment, address)}/health/ready`),
})

// Browsers share the cookies of all ports of a host, so two environments must not use the same names.
const cookiePrefix = ({ name }: Environment) => (name === defaultName ? 'neotool' : `neotool_${name}`)
