import { join } from 'node:path'
import { vaultBinaries } from '../binaries/vault.ts'
import { type Component, httpUrl, portOf } from '../component.ts'
import type { Environment } from '../environment.ts'
import { runCommand } from '../run-command.ts'
import { probeVault, type VaultPlace, vaultFiles, vaultProgramFor, writeVaultConfiguration } from '../vault-server.ts'
import { fetching } from './fetching.ts'

export type VaultComponent = Component & {
  /** The file with which the security service logs in. */
  approleFile(environment: Environment): string
}

const openVault = join(import.meta.dirname, '../open-vault.ts')
const initialise = 'services/security/src/ops/vault-init.ts'

// The server takes the place of the shell; what opens it ends when that is done.
const openedServer = 'ulimit -c 0; ("$1" "$2" "$3" "$4" &); shift 4; exec "$@"'

/** Vault, on this machine alone; its data, unseal key and root token are in the environment's directory. Only `up --full` starts it. */
export const vaultComponent = (): VaultComponent => {
  const component = { name: 'vault' }
  const placeOf = (environment: Environment): VaultPlace => ({
    directory: join(environment.directory, 'vault'),
    port: portOf(environment, component),
  })
  const approleFile = (environment: Environment) => join(environment.directory, 'vault', 'security-approle.json')
  return {
    ...component,
    isFullOnly: true,
    port: { from: 18_200 },
    dependsOn: [],
    preparations: [fetching(vaultBinaries.title, async () => vaultBinaries)],
    sources: ['packages/platform/binaries/vault', 'packages/platform/src/vault-server.ts'],
    readyWithinMs: 60_000,
    url: (environment) => httpUrl(environment, component),
    approleFile,
    launch: async (environment) => {
      const { directory, port } = placeOf(environment)
      const { command, args } = vaultProgramFor({ directory, port })
      return {
        command: 'sh',
        args: ['-c', openedServer, 'sh', process.execPath, openVault, directory, String(port), command, ...args],
        cwd: environment.directory,
        env: {},
        user: 'person',
        stopSignal: 'SIGTERM',
        graceMs: 15_000,
      }
    },
    prepare: async (environment) => writeVaultConfiguration(placeOf(environment)),
    probe: (environment) => probeVault(portOf(environment, component)),
    whenReady: async (environment) => {
      const { PATH = '', HOME = '/' } = process.env
      await runCommand(process.execPath, [initialise], {
        cwd: environment.root,
        env: {
          PATH,
          HOME,
          VAULT_INIT_ADDRESS: httpUrl(environment, component),
          VAULT_INIT_TOKEN_FILE: vaultFiles(placeOf(environment).directory).rootToken,
          VAULT_INIT_APPROLE_FILE: approleFile(environment),
        },
        advice: 'Mend the cause and run ./neotool up again: what is there stays as it is.',
      })
    },
  }
}
