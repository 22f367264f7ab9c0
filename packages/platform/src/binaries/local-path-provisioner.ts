import { join } from 'node:path'
import { binariesDirectory } from '../cache.ts'
import { type GoProgram, goBinaries } from './go.ts'

/** The storage of K3s, built on this machine in about two minutes. */
export const localPathProvisioner: GoProgram = {
  title: 'local-path-provisioner',
  name: 'local-path-provisioner',
  version: '0.0.30',
  module: 'github.com/rancher/local-path-provisioner',
  oldestGo: [1, 23, 0],
}

export const localPathProvisionerBinaries = goBinaries(localPathProvisioner)

/** The program, whether or not it has been built yet. */
export const localPathProvisionerProgram = (): string =>
  join(binariesDirectory(localPathProvisionerBinaries), 'local-path-provisioner')
