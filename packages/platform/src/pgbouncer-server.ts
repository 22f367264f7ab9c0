/** What an environment's PgBouncer and the throwaway one of the tests have in common. */
import { chown, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { User } from './data-owner.ts'
import { makePrivateDirectory } from './postgres-server.ts'

type PgbouncerConfiguration = {
  readonly port: number
  readonly postgresPort: number
  /** Name and pool size per database; `*` is any database. */
  readonly databases: Readonly<Record<string, number>>
  /** Password per role. */
  readonly roles: Readonly<Record<string, string>>
}

/** The text of pgbouncer.ini. */
export const pgbouncerIni = ({ port, postgresPort, databases }: PgbouncerConfiguration, userlist: string): string =>
  [
    '[databases]',
    ...Object.entries(databases).map(
      ([name, size]) => `${name} = host=127.0.0.1 port=${postgresPort} pool_size=${size}`,
    ),
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = scram-sha-256',
    `auth_file = ${userlist}`,
    'pool_mode = transaction',
    'max_client_conn = 500',
    // Rather an error that a service can report than a request that hangs while PostgreSQL is away.
    'query_wait_timeout = 15',
    'server_connect_timeout = 5',
    'server_login_retry = 1',
    'server_idle_timeout = 60',
    // Clients send it at connect; a pooled connection cannot honour it and none of ours needs it.
    'ignore_startup_parameters = extra_float_digits',
    'log_connections = 0',
    'log_disconnections = 0',
    'log_stats = 0',
    '',
  ].join('\n')

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

/** Writes PgBouncer's configuration for its user alone, as it holds passwords; answers the path of pgbouncer.ini. */
export const writePgbouncerConfiguration = async (
  directory: string,
  configuration: PgbouncerConfiguration,
  owner: User | undefined,
): Promise<string> => {
  await makePrivateDirectory(directory, owner)
  const userlist = join(directory, 'userlist.txt')
  const ini = join(directory, 'pgbouncer.ini')
  const users = Object.entries(configuration.roles).map(([role, password]) => `${quoted(role)} ${quoted(password)}\n`)
  for (const [path, content] of [
    [userlist, users.join('')],
    [ini, pgbouncerIni(configuration, userlist)],
  ] as const) {
    await writeFile(path, content, { mode: 0o600 })
    if (owner) await chown(path, owner.uid, owner.gid)
  }
  return ini
}
