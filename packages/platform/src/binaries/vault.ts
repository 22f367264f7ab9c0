import { join } from 'node:path'
import { binariesDirectory } from '../cache.ts'
import { type GoProgram, goBinaries } from './go.ts'

/**
 * Built on this machine in five to ten minutes. The tag leaves out the back ends that Neotool does not use: KV, the AppRole
 * and JWT logins, transit, pki and Raft storage are in it.
 */
export const vault: GoProgram = {
  title: 'Vault',
  name: 'vault',
  version: '1.21.1',
  module: 'github.com/hashicorp/vault',
  oldestGo: [1, 25, 3],
  tags: 'minimal',
}

export const vaultBinaries = goBinaries(vault)

/** The program, whether or not it has been built yet. */
export const vaultProgram = (): string => join(binariesDirectory(vaultBinaries), 'vault')
