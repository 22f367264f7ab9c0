import { existsSync } from 'node:fs'
import { chmod, chown, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { findDataOwner, isRoot } from '../data-owner.ts'
import { defaultName, type Environment, environmentNames, findEnvironment } from '../environment.ts'
import { inStartOrder } from '../plan.ts'
import { platform } from '../platform.ts'
import { isPortFree, listenerOn } from '../ports.ts'
import { findRun } from '../supervisor/client.ts'
import { type Finding, findingsOf } from './finding.ts'

const octal = (mode: number) => (mode & 0o777).toString(8).padStart(4, '0')

/** Nobody but the person may read what is under .neotool. */
const closed = async (path: string, wanted: number): Promise<readonly Finding[]> => {
  if (!existsSync(path)) return []
  const { mode, uid } = await stat(path)
  const self = process.getuid?.() ?? uid
  if (uid !== self && !isRoot()) {
    const detail = `${path} belongs to user ${uid}, not to you (${self}).`
    return [{ check: 'permissions', state: 'fault', detail, fix: `sudo chown -R ${self} ${path}` }]
  }
  if ((mode & 0o777 & ~wanted) === 0) return []
  const detail = `${path} is open to others (${octal(mode)}, not ${octal(wanted)}).`
  const mend = () => chmod(path, wanted)
  return [{ check: 'permissions', state: 'fault', detail, fix: `chmod ${octal(wanted)} ${path}`, mend }]
}

const dataOwner = async ({ dataDirectory }: Environment): Promise<readonly Finding[]> => {
  const directory = join(dataDirectory, 'postgres')
  const owner = await findDataOwner()
  if (!owner || !existsSync(directory)) return []
  const { uid } = await stat(directory)
  if (uid === owner.uid) return []
  const detail = `${directory} belongs to user ${uid}, not to the one that PostgreSQL runs as (${owner.uid}).`
  const mend = () => chown(directory, owner.uid, owner.gid)
  return [
    { check: 'permissions', state: 'fault', detail, fix: `chown -R ${owner.uid}:${owner.gid} ${directory}`, mend },
  ]
}

const permissions = async (environment: Environment): Promise<readonly Finding[]> => {
  const { directory } = environment
  const filesIn = async (folder: string) => {
    const path = join(directory, folder)
    const entries = existsSync(path) ? await readdir(path, { withFileTypes: true }) : []
    return entries.filter((entry) => entry.isFile()).map(({ name }) => join(path, name))
  }
  const keys = [...(await filesIn('keystore')), ...(await filesIn('vault'))]
  const secret = ['secrets.json', 'state.json', 'run/desired.json'].map((name) => join(directory, name))
  const findings = await Promise.all([
    ...[directory, join(directory, 'run'), join(directory, 'logs')].map((path) => closed(path, 0o700)),
    ...[...secret, ...keys].map((path) => closed(path, 0o600)),
    dataOwner(environment),
  ])
  return findings.flat()
}

type Wanted = { readonly part: string; readonly port: number; readonly isOurs: boolean }

const ports = async (name: string, wanted: readonly Wanted[]): Promise<readonly Finding[]> => {
  const findings = wanted.map(async ({ part, port, isOurs }): Promise<readonly Finding[]> => {
    if (isOurs || (await isPortFree(port))) return []
    const detail = `Port ${port}, which ${part} of "${name}" needs, is taken by ${listenerOn(port) ?? 'another process'}.`
    const isFixed = name === defaultName && platform.some((each) => each.name === part && 'fixed' in each.port)
    const fix = isFixed
      ? 'Stop that process, or use another environment: ./neotool up --name NAME'
      : 'up takes another one.'
    return [{ check: 'ports', state: isFixed ? 'fault' : 'warning', detail, fix }]
  })
  return (await Promise.all(findings)).flat()
}

const portsOf = (environment: Environment): Wanted[] =>
  Object.entries(environment.ports).map(([part, port]) => ({
    part,
    port,
    // A part's further ports are called after it: maildev-smtp.
    isOurs: [part, part.replace(/-\w+$/, '')].some((each) => findRun(environment, each)?.isRunning === true),
  }))

const fixedPorts = (): Wanted[] =>
  inStartOrder(platform).flatMap(({ name, port }) =>
    'fixed' in port ? [{ part: name, port: port.fixed, isOurs: false }] : [],
  )

const lookAt = async (root: string, name: string): Promise<readonly Finding[]> => {
  const environment = findEnvironment(root, name)
  if (!environment) return []
  const found = [...(await permissions(environment)), ...(await ports(name, portsOf(environment)))]
  if (found.length > 0) return found
  return [
    { check: 'environment', state: 'fine', detail: `${name}: its files are closed to others, its ports are its own` },
  ]
}

/** Ports and who holds them, and permissions, of each environment; of the default one even before its first start. */
export const checkEnvironments = async (root: string): Promise<readonly Finding[]> => {
  const names = environmentNames(root)
  const looks = await Promise.all([
    closed(join(root, '.neotool'), 0o700),
    ...names.map((name) => findingsOf(`environment ${name}`, () => lookAt(root, name))),
    ...(names.includes(defaultName) ? [] : [ports(defaultName, fixedPorts())]),
  ])
  return looks.flat()
}
