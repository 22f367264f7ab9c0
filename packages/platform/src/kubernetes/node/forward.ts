/*
 * Ways from this machine into the network of a node. Two relays meet at a socket in the file system, which is no part
 * of either network: one listens here, the other calls from inside the node. Each connection is made anew, so that a
 * Service spreads them over its pods, and pods may come and go.
 */
import { mkdir, rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { PlatformError } from '../../failure.ts'
import { lastLines } from '../../log-tail.ts'
import { waitUntilReady } from '../../probe.ts'
import { isAlive, stopProcess } from '../../processes.ts'
import { portForTest } from '../../test-ports.ts'
import { type Server, startChild } from '../../test-servers.ts'
import type { NodeLayout } from './layout.ts'
import type { Namespaces } from './namespaces.ts'

export type Forward = {
  /** Of this machine, on 127.0.0.1. */
  readonly port: number
  readonly url: string
  close(): Promise<void>
}

// Seconds that the other direction may go on after one has ended.
const LINGER = '-t60'
// A load test opens more connections at once than the five that socat would let wait.
const LISTENING = 'fork,backlog=512'

const connects = (to: { path: string } | { port: number; host: string }): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = createConnection(to, () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
  })

/** Opens a port of this machine that leads to an address of the node's network. */
export const openForward = async (
  layout: NodeLayout,
  { inNode }: Namespaces,
  address: string,
  signal?: AbortSignal,
): Promise<Forward> => {
  await mkdir(layout.forwards, { recursive: true, mode: 0o700 })
  const port = await portForTest()
  const path = join(layout.forwards, String(port))
  const logFile = layout.logFile(`forward-${port}`)
  const relays: Server[] = []
  const relay = async (command: readonly string[], to: Parameters<typeof connects>[0]) => {
    const [program = '', ...args] = command
    const at = { directory: layout.directory, logFile, owner: undefined, stopSignal: 'SIGTERM' as const }
    const server = startChild(program, args, at)
    relays.push(server)
    const probe = async () => {
      if (isAlive(server.identity)) return connects(to)
      throw new PlatformError(`The way to ${address} could not be opened.`, { logLines: lastLines(logFile, 15) })
    }
    await waitUntilReady(`The way to ${address}`, probe, { withinMs: 60_000, everyMs: 20, ...(signal && { signal }) })
  }
  const close = async () => {
    for (const { identity, stopSignal } of relays) await stopProcess(identity, { stopSignal, graceMs: 2_000 })
    await rm(path, { force: true })
  }
  try {
    await relay([...inNode, 'socat', LINGER, `UNIX-LISTEN:${path},${LISTENING}`, `TCP:${address},nodelay`], { path })
    const listen = `TCP-LISTEN:${port},bind=127.0.0.1,reuseaddr,nodelay,${LISTENING}`
    await relay(['socat', LINGER, listen, `UNIX-CONNECT:${path}`], { port, host: '127.0.0.1' })
  } catch (error) {
    await close()
    throw error
  }
  return { port, url: `http://127.0.0.1:${port}`, close }
}
