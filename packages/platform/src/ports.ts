import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'

/** Where a part wants to listen: on one well-known port, or on any free one from a number up. */
export type PortRule = { readonly fixed: number } | { readonly from: number }

type Wanted = { readonly name: string; readonly rule: PortRule }
type IsFree = (port: number) => Promise<boolean>

// Above the registered services and below Linux's range for outgoing connections (32768), so that none of them takes it.
const namedRange = { first: 20_000, size: 10_000 }

const binds = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })

/** Whether nobody listens on the port, neither on 127.0.0.1 nor on ::1, which `localhost` may mean to a browser. */
export const isPortFree: IsFree = async (port) => (await binds(port, '127.0.0.1')) && (await binds(port, '::1'))

/** The first free port from a number up that is not taken by `others`. */
export const firstFreePort = async (from: number, others: ReadonlySet<number>, isFree: IsFree): Promise<number> => {
  for (let port = from; port < 65_536; port += 1) if (!others.has(port) && (await isFree(port))) return port
  throw new Error(`No port is free from ${from} up.`)
}

/**
 * The port of every part: what was chosen before stays, fixed ports are as they are in the default environment, and
 * everything else is free and in nobody's list. `spread` keeps two environments that choose at once apart.
 */
export const choosePorts = async (
  wanted: readonly Wanted[],
  options: {
    previous: Readonly<Record<string, number>>
    isDefault: boolean
    reserved: ReadonlySet<number>
    spread: number
    isFree: IsFree
  },
): Promise<Record<string, number>> => {
  const ports: Record<string, number> = {}
  const taken = new Set([...options.reserved, ...Object.values(options.previous)])
  for (const { name, rule } of wanted) {
    const previous = options.previous[name]
    const start = namedRange.first + (options.spread % namedRange.size)
    if (options.isDefault && 'fixed' in rule) ports[name] = rule.fixed
    else if (previous !== undefined) ports[name] = previous
    else
      ports[name] = await firstFreePort(options.isDefault && 'from' in rule ? rule.from : start, taken, options.isFree)
    taken.add(ports[name] as number)
  }
  return ports
}

/** Who listens on a port, such as `pid 812 (node server.js)`, as far as this user may see it. */
export const listenerOn = (port: number): string | undefined => {
  const hexadecimal = port.toString(16).toUpperCase().padStart(4, '0')
  const inodes = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => {
    try {
      const rows = readFileSync(table, 'utf8').split('\n').slice(1)
      const listening = rows
        .map((row) => row.trim().split(/\s+/))
        .filter(([, local, , state]) => state === '0A' && local?.endsWith(`:${hexadecimal}`))
      return listening.map((fields) => `socket:[${fields[9]}]`)
    } catch {
      return []
    }
  })
  const pid = readdirSync('/proc').find((entry) => /^\d+$/.test(entry) && holdsOneOf(entry, inodes))
  return pid && `pid ${pid} (${commandLineOf(pid)})`
}

const commandLineOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim().slice(0, 80)
  } catch {
    return 'which has just ended'
  }
}

const holdsOneOf = (pid: string, sockets: readonly string[]): boolean => {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((descriptor) => {
      try {
        return sockets.includes(readlinkSync(`/proc/${pid}/fd/${descriptor}`))
      } catch {
        return false
      }
    })
  } catch {
    return false
  }
}
