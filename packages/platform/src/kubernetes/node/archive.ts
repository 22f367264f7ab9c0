/*
 * Images of the node's own parts, made without Docker: one layer with a program that is linked statically, in the
 * format of `docker save`, which containerd imports.
 */
import { createHash } from 'node:crypto'
import { createReadStream, constants as fs } from 'node:fs'
import { copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { runCommand } from '../../run-command.ts'

export type ProgramImage = {
  readonly name: string
  readonly program: string
  /** Programs of Debian's busybox to have beside it. */
  readonly shell?: readonly string[]
}

const sha256 = async (file: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

const architecture = () => (process.arch === 'x64' ? 'amd64' : process.arch)

const copyProgram = (from: string, to: string) => copyFile(from, to, fs.COPYFILE_FICLONE)

/** Writes the image into a directory of its own and answers the archive. */
export const makeImageArchive = async (
  { name, program, shell = [] }: ProgramImage,
  directory: string,
  signal?: AbortSignal,
): Promise<string> => {
  const root = join(directory, 'root')
  const archive = join(directory, 'image')
  for (const path of ['bin', 'etc', 'tmp']) await mkdir(join(root, path), { recursive: true })
  await mkdir(archive)
  const programName = program.split('/').at(-1) ?? ''
  await copyProgram(program, join(root, 'bin', programName))
  if (shell.length > 0) await copyProgram('/bin/busybox', join(root, 'bin/busybox'))
  for (const command of shell) await symlink('busybox', join(root, 'bin', command))
  await writeFile(join(root, 'etc/passwd'), 'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n')
  const tar = (file: string, of: string) =>
    runCommand(
      'tar',
      ['--create', `--file=${file}`, `--directory=${of}`, '--owner=0', '--group=0', '--numeric-owner', '.'],
      {
        cwd: directory,
        signal,
      },
    )
  const layer = join(archive, 'layer.tar')
  await tar(layer, root)
  await rm(root, { recursive: true })
  const config = {
    architecture: architecture(),
    os: 'linux',
    config: { Entrypoint: [`/bin/${programName}`], Env: ['PATH=/bin'] },
    rootfs: { type: 'layers', diff_ids: [`sha256:${await sha256(layer)}`] },
  }
  await writeFile(join(archive, 'config.json'), JSON.stringify(config))
  const manifest = [{ Config: 'config.json', RepoTags: [name], Layers: ['layer.tar'] }]
  await writeFile(join(archive, 'manifest.json'), JSON.stringify(manifest))
  const file = join(directory, 'image.tar')
  await tar(file, archive)
  await rm(archive, { recursive: true })
  return file
}
