/*
 * Pods log in to Vault with their ServiceAccount's token. Which account may log in as which role is in the security service,
 * whose vault-init makes the logins; which account asks for which role is in the manifests. Where the two differ, a pod waits
 * for its settings until it is given up.
 */
import { execa } from 'execa'
import { z } from 'zod'
import { PlatformError } from '../../failure.ts'
import type { Container, PodSpec } from '../model.ts'
import { type KubernetesObject, nameOf } from '../objects.ts'
import type { Finding } from './finding.ts'
import { type Program, programsOf } from './programs.ts'

const script = `
const { AUDIENCE, KEYS_SUBJECTS, SERVICES, settingsRole } = await import('./services/security/src/vault-cluster.ts')
const { VAULT_ROLE } = await import('./services/security/src/vault-init.ts')
const roles = SERVICES.map((service) => ({ ...settingsRole(service), path: service + '/settings' }))
const all = [...roles, { name: VAULT_ROLE, subjects: KEYS_SUBJECTS }]
process.stdout.write(JSON.stringify({ audience: AUDIENCE, roles: all }))
`

const logins = z.object({
  audience: z.string(),
  roles: z.array(z.object({ name: z.string(), subjects: z.array(z.string()), path: z.string().optional() })),
})

export type VaultLogins = z.output<typeof logins>

/** The logins that vault-init makes. */
export const readVaultLogins = async (root: string): Promise<VaultLogins> => {
  const options = { cwd: root, reject: false } as const
  const { exitCode, stdout, stderr } = await execa(process.execPath, ['--input-type=module', '--eval', script], options)
  if (exitCode === 0) return logins.parse(JSON.parse(stdout))
  throw new PlatformError('The logins of Vault could not be read.', { logLines: stderr.split('\n') })
}

const tokenVolume = z.looseObject({
  name: z.string(),
  projected: z.looseObject({
    sources: z.array(
      z.looseObject({ serviceAccountToken: z.looseObject({ audience: z.string(), path: z.string() }).optional() }),
    ),
  }),
})

/** By its file, for whose ears each token is that a container mounts. */
const tokensOf = (pod: PodSpec, container: Container): Map<string, string> =>
  new Map(
    container.volumeMounts.flatMap(({ name, mountPath }) => {
      const { data } = tokenVolume.safeParse(pod.volumes.find((volume) => volume.name === name))
      return (data?.projected.sources ?? []).flatMap(({ serviceAccountToken: token }) =>
        token === undefined ? [] : [[`${mountPath}/${token.path}`, token.audience] as const],
      )
    }),
  )

/** Which role a program logs in as, with which file. */
const loginOf = ({ environment }: Program): { role: string; file: string; path?: string } | undefined => {
  const { SETTINGS_VAULT_ROLE, SETTINGS_TOKEN_FILE = '', SETTINGS_PATH = '' } = environment
  if (SETTINGS_VAULT_ROLE !== undefined)
    return { role: SETTINGS_VAULT_ROLE, file: SETTINGS_TOKEN_FILE, path: SETTINGS_PATH }
  const { SECURITY_VAULT_JWT_ROLE: role, SECURITY_VAULT_JWT_FILE: file = '' } = environment
  return role === undefined ? undefined : { role, file }
}

/** Operations that check all settings of the service, and log in to nothing. */
const idle = /ops\/(migrate|purge)\.ts$/

const problemsOf = (program: Program, { audience, roles }: VaultLogins): string[] => {
  const login = idle.test(program.entry ?? '') ? undefined : loginOf(program)
  if (login === undefined) return []
  const { workload, container } = program
  const subject = `system:serviceaccount:${workload.namespace}:${workload.pod.serviceAccountName}`
  const role = roles.find(({ name }) => name === login.role)
  const heard = tokensOf(workload.pod, container).get(login.file)
  return [
    ...(role === undefined ? [`Vault has no role ${login.role}`] : []),
    ...(role?.subjects.includes(subject) === false ? [`${subject} may not log in as ${login.role}`] : []),
    ...(role !== undefined && login.path !== undefined && role.path !== login.path
      ? [`${login.role} opens ${role.path ?? 'no settings'}, not ${login.path}`]
      : []),
    ...(heard === audience
      ? []
      : [`${login.file} is ${heard === undefined ? 'no token' : `for ${heard}`}, not for ${audience}`]),
  ]
}

const ENV_FILE = /^--env-file=(.+)$/

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))

/** What is wrong with the way of the settings from the one container to the other. */
const problemsOfFile = (program: Program, programs: readonly Program[]): string[] => {
  const file = program.container.args.flatMap((arg) => ENV_FILE.exec(arg)?.[1] ?? [])[0]
  if (file === undefined) return []
  const fetcher = programs.find(
    ({ workload, environment }) => workload === program.workload && environment.SETTINGS_FILE === file,
  )
  if (fetcher === undefined) return [`no container before it writes ${file}`]
  const volumeAt = ({ container }: Program) =>
    container.volumeMounts.find(({ mountPath }) => mountPath === folderOf(file))?.name
  const isShared = volumeAt(program) !== undefined && volumeAt(program) === volumeAt(fetcher)
  const service = fetcher.environment.SETTINGS_PATH?.split('/')[0]
  return [
    ...(isShared ? [] : [`${file} is on no volume that both containers mount`]),
    ...(service === program.part ? [] : [`it reads the settings of ${service}`]),
  ]
}

/** Each pod may log in as the role that it asks for, and its settings come to the container that reads them. */
export const findWrongLogins = (objects: readonly KubernetesObject[], known: VaultLogins): Finding[] => {
  const programs = programsOf(objects, () => '')
  const ofPrograms = programs.flatMap((program) =>
    [...problemsOf(program, known), ...problemsOfFile(program, programs)].map((problem) => ({
      rule: 'vault-logins',
      object: nameOf(program.workload.object),
      problem: `${program.container.name}: ${problem}`,
    })),
  )
  const accounts = objects
    .filter(({ kind }) => kind === 'ServiceAccount')
    .map(({ metadata }) => `system:serviceaccount:${metadata.namespace}:${metadata.name}`)
  const strangers = [...new Set(known.roles.flatMap(({ subjects }) => subjects))]
    .filter((subject) => !accounts.includes(subject))
    .map((subject) => ({
      rule: 'vault-logins',
      object: subject,
      problem: 'it may log in to Vault and is no account of ours',
    }))
  return [...ofPrograms, ...strangers]
}
