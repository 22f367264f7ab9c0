/*
 * Docker, which builds images: the one that DOCKER_HOST names or the machine's own where it answers, else a daemon of
 * ours for as long as it is needed. Ours changes nothing of the machine: no bridge, no rule of a firewall, its mounts
 * in a namespace of their own; so a build has the machine's network or none. Its images stay in the cache.
 */
import { createHash } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheDirectory } from '../../cache.ts'
import { ensurePackages } from '../../debian-packages.ts'
import { messageOf, PlatformError } from '../../failure.ts'
import { waitForLock } from '../../lock.ts'
import { lastLines } from '../../log-tail.ts'
import { waitUntilReady } from '../../probe.ts'
import { isAlive, stopProcess } from '../../processes.ts'
import { startChild } from '../../test-servers.ts'
import { assertBuilds, type Docker, runDocker } from '../images-docker.ts'
import { removeControlGroup } from './control-groups.ts'

const directory = () => join(cacheDirectory(), 'docker')

/** Where images are put together before Docker gets them; what is left there belongs to somebody who was killed. */
export const stagingDirectory = (): string => join(directory(), 'staging')

// What Docker may keep of builds. A layer that every build needs is used, and so kept, each time.
const KEPT_OF_BUILDS = '8GB'

type Options = { readonly progress?: (text: string) => void; readonly signal?: AbortSignal | undefined }

// Debian's client has BuildKit in it; one from elsewhere that comes first on the PATH may lack the plugin it needs.
const systemFirst = { PATH: `/usr/bin:/usr/sbin:${process.env.PATH ?? ''}` }

const findDocker = async (): Promise<Docker | undefined> => {
  for (const docker of [{}, { env: systemFirst }]) {
    const builds = await assertBuilds(docker).then(
      () => true,
      () => false,
    )
    if (builds) return docker
  }
  return undefined
}

/** Docker for a piece of work, ended after it unless it was there before. Another command that uses ours waits. */
export const withDocker = async <Result>(
  work: (docker: Docker) => Promise<Result>,
  { progress = () => {}, signal }: Options = {},
): Promise<Result> => {
  const found = await findDocker()
  if (found) return work(found)
  await ensurePackages('Images are built with Docker', { 'docker.io': '/usr/sbin/dockerd' }, { progress, signal })
  const place = directory()
  const wait = () => progress('another neotool uses Docker')
  await using _lock = await waitForLock(`${place}.lock`, wait, signal)
  await rm(stagingDirectory(), { recursive: true, force: true })
  const name = `neotool-docker-${createHash('sha256').update(place).digest('hex').slice(0, 12)}`
  // Short, because there are sockets in it.
  const run = `/run/${name}`
  for (const path of [place, run]) await mkdir(path, { recursive: true, mode: 0o700 })
  const logFile = join(place, 'dockerd.log')
  const socket = `unix://${run}/docker.sock`
  const args = [
    `--host=${socket}`,
    `--data-root=${place}/data`,
    `--exec-root=${run}/exec`,
    `--pidfile=${run}/docker.pid`,
    `--cgroup-parent=/${name}`,
    '--bridge=none',
    '--iptables=false',
    '--ip6tables=false',
    '--ip-forward=false',
  ]
  const daemon = startChild('unshare', ['--mount', '--propagation=private', '/usr/sbin/dockerd', ...args], {
    directory: place,
    logFile,
    owner: undefined,
    stopSignal: 'SIGTERM',
  })
  const docker: Docker = { env: { ...systemFirst, DOCKER_HOST: socket } }
  const probe = async () => {
    if (!isAlive(daemon.identity)) {
      throw new PlatformError('The Docker daemon ended while it started.', { logLines: lastLines(logFile, 15) })
    }
    // A plain error: it is asked again.
    await assertBuilds(docker).catch((error: unknown) => Promise.reject(new Error(messageOf(error))))
  }
  try {
    await waitUntilReady('The Docker daemon', probe, { withinMs: 60_000, ...(signal && { signal }) })
    const result = await work(docker)
    // Images that have lost their name to a newer one, and old layers of builds.
    await runDocker(docker, ['image', 'prune', '--force'], { cwd: '/', signal })
    await runDocker(docker, ['builder', 'prune', '--force', `--keep-storage=${KEPT_OF_BUILDS}`], { cwd: '/', signal })
    return result
  } finally {
    await stopProcess(daemon.identity, { stopSignal: 'SIGTERM', graceMs: 30_000 })
    await removeControlGroup(`/${name}`)
    await rm(run, { recursive: true, force: true })
  }
}
