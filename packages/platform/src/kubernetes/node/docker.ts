/*
 * Docker, which builds images: the one that DOCKER_HOST names or the machine's own where it answers, else a daemon of
 * ours for as long as it is needed. Ours changes nothing of the machine: no bridge, no rule of a firewall, its mounts in
 * a namespace of their own; so a build has the machine's network or none. Its images stay in the cache.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { cacheDirectory } from '../../cache.ts'
import { ensurePackages } from '../../debian-packages.ts'
import { PlatformError } from '../../failure.ts'
import { waitForLock } from '../../lock.ts'
import { lastLines } from '../../log-tail.ts'
import { waitUntilReady } from '../../probe.ts'
import { isAlive, stopProcess } from '../../processes.ts'
import { startChild } from '../../test-servers.ts'
import { removeControlGroup } from './control-groups.ts'

export type Docker = {
  readonly program: string
  /** The whole environment of its commands. */
  readonly env: NodeJS.ProcessEnv
}

type Options = { readonly progress?: (text: string) => void; readonly signal?: AbortSignal | undefined }

// Debian's client has BuildKit in it; one from elsewhere that comes first on the PATH may lack the plugin it needs.
const clients = () => ['/usr/bin/docker', 'docker'].filter((program) => program === 'docker' || existsSync(program))

const answers = async ({ program, env }: Docker): Promise<boolean> =>
  (await execa(program, ['version'], { env, extendEnv: false, reject: false })).exitCode === 0

const environment = { ...process.env, DOCKER_BUILDKIT: '1' }

const findDocker = async (): Promise<Docker | undefined> => {
  for (const program of clients()) {
    const docker = { program, env: environment }
    if (await answers(docker)) return docker
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
  const directory = join(cacheDirectory(), 'docker')
  const wait = () => progress('another neotool uses Docker')
  await using _lock = await waitForLock(`${directory}.lock`, wait, signal)
  const name = `neotool-docker-${createHash('sha256').update(directory).digest('hex').slice(0, 12)}`
  // Short, because there are sockets in it.
  const run = `/run/${name}`
  for (const path of [directory, run]) await mkdir(path, { recursive: true, mode: 0o700 })
  const logFile = join(directory, 'dockerd.log')
  const socket = `unix://${run}/docker.sock`
  const args = [
    `--host=${socket}`,
    `--data-root=${directory}/data`,
    `--exec-root=${run}/exec`,
    `--pidfile=${run}/docker.pid`,
    `--cgroup-parent=/${name}`,
    '--bridge=none',
    '--iptables=false',
    '--ip6tables=false',
    '--ip-forward=false',
  ]
  const daemon = startChild('unshare', ['--mount', '--propagation=private', '/usr/sbin/dockerd', ...args], {
    directory,
    logFile,
    owner: undefined,
    stopSignal: 'SIGTERM',
  })
  const docker = { program: clients()[0] ?? 'docker', env: { ...environment, DOCKER_HOST: socket } }
  const probe = async () => {
    if (!isAlive(daemon.identity)) {
      throw new PlatformError('The Docker daemon ended while it started.', { logLines: lastLines(logFile, 15) })
    }
    if (!(await answers(docker))) throw new Error(lastLines(logFile, 1)[0])
  }
  try {
    await waitUntilReady('The Docker daemon', probe, { withinMs: 60_000, ...(signal && { signal }) })
    return await work(docker)
  } finally {
    await stopProcess(daemon.identity, { stopSignal: 'SIGTERM', graceMs: 30_000 })
    await removeControlGroup(`/${name}`)
    await rm(run, { recursive: true, force: true })
  }
}
