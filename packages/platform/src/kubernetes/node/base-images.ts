/*
 * Images made where no registry can be reached, each from a folder of kubernetes-node/images and programs of the cache.
 * A label says what it was made of: it is made again when that has changed, and one without the label is not ours.
 */
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { nodeAndNpmBinaries } from '../../binaries/node.ts'
import { type Binaries, binariesDirectory, fetchBinaries, type Progress } from '../../cache.ts'
import { ensurePackages } from '../../debian-packages.ts'
import { fingerprintOf } from '../../fingerprint.ts'
import { runCommand } from '../../run-command.ts'
import { type Report, runTask } from '../../tasks.ts'
import { type Docker, runDocker } from '../images-docker.ts'
import { debianMirrors } from './debian-mirrors.ts'
import { stagingDirectory } from './docker.ts'
import { nodeFiles } from './layout.ts'

export type MadeImage = {
  /** Its full name with the tag. */
  readonly reference: string
  /** Of kubernetes-node/images: its Dockerfile, or what makes it otherwise. */
  readonly folder: string
  readonly base?: MadeImage
  readonly binaries?: readonly Binaries[]
  /** What goes beside the Dockerfile, by the name it gets there. */
  readonly files?: () => Readonly<Record<string, string>>
}

const images = join(nodeFiles, 'images')

const LABEL = 'neotool.fingerprint'

export const debianImage: MadeImage = { reference: 'debian:bookworm-slim', folder: 'debian' }

export const busyboxImage: MadeImage = {
  reference: 'busybox:1.35',
  folder: 'busybox',
  files: () => ({ busybox: '/bin/busybox' }),
}

export const nodeImage: MadeImage = {
  reference: 'node:24-bookworm-slim',
  folder: 'node',
  base: debianImage,
  binaries: [nodeAndNpmBinaries],
  files: () => {
    const modules = join(binariesDirectory(nodeAndNpmBinaries), 'node_modules')
    return { node: join(modules, `node-linux-${process.arch}`), npm: join(modules, 'npm') }
  },
}

/** Changes with anything that the image is made of. */
export const fingerprintOfImage = ({ folder, base, binaries = [] }: MadeImage): string =>
  fingerprintOf(
    images,
    [folder],
    binaries.map(({ name, version }) => `${name}-${version}`),
    base && fingerprintOfImage(base),
  )

type Options = { readonly report?: Report; readonly signal?: AbortSignal | undefined }

const inspected = z.tuple([
  z.looseObject({ Config: z.looseObject({ Labels: z.record(z.string(), z.string()).nullish() }) }),
])

/** What an image in Docker is: missing, made of the same, made of something else, or not made by us at all. */
const stateOf = async (docker: Docker, image: MadeImage): Promise<'missing' | 'same' | 'other' | 'foreign'> => {
  const options = { cwd: '/' }
  const listed = await runDocker(docker, ['image', 'ls', '--quiet', image.reference], options)
  if (listed.trim() === '') return 'missing'
  const text = await runDocker(docker, ['image', 'inspect', image.reference], options)
  const label = inspected.parse(JSON.parse(text))[0].Config.Labels?.[LABEL]
  if (label === undefined) return 'foreign'
  return label === fingerprintOfImage(image) ? 'same' : 'other'
}

const makeDebian = async (docker: Docker, directory: string, signal?: AbortSignal) => {
  await ensurePackages('A base image is made of packages', { debootstrap: 'debootstrap' }, { signal })
  const { main, security } = await debianMirrors()
  const root = join(directory, 'root')
  const advice = 'debootstrap needs a way to a mirror of Debian: the one that apt uses here.'
  await runCommand('sh', [join(images, 'debian/make.sh'), root, main, security], {
    cwd: directory,
    signal,
    reason: 'download',
    advice,
  })
  const changes = [
    'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    'CMD ["bash"]',
    `LABEL ${LABEL}=${fingerprintOfImage(debianImage)}`,
  ]
  const options = changes.flatMap((change) => ['--change', change])
  const script = 'set -o pipefail; tar --create --numeric-owner --directory="$0" . | docker import "$@"'
  const args = ['-c', script, root, ...options, '-', debianImage.reference]
  await runCommand('bash', args, { cwd: directory, env: { ...process.env, ...docker.env }, signal })
}

const build = async (docker: Docker, image: MadeImage, directory: string, options: Options, progress: Progress) => {
  await cp(join(images, image.folder), directory, { recursive: true })
  for (const [name, from] of Object.entries(image.files?.() ?? {}))
    await runCommand('cp', ['--archive', '--reflink=auto', from, join(directory, name)], { cwd: directory })
  const label = `${LABEL}=${fingerprintOfImage(image)}`
  // A daemon of ours has no network of its own.
  const args = ['build', '--progress=plain', '--network=host', '--label', label, '--tag', image.reference, '.']
  await runDocker(docker, args, { cwd: directory, signal: options.signal, onLine: progress, reason: 'download' })
}

/** Makes an image and what it is based on, unless Docker has them. */
const ensureImage = async (docker: Docker, image: MadeImage, options: Options): Promise<void> => {
  if (image.base) await ensureImage(docker, image.base, options)
  const state = await stateOf(docker, image)
  if (state === 'same' || state === 'foreign') return
  await runTask(options.report ?? (() => {}), image.reference, async (progress) => {
    for (const binaries of image.binaries ?? []) await fetchBinaries(binaries, progress, options.signal)
    await mkdir(stagingDirectory(), { recursive: true, mode: 0o700 })
    const directory = await mkdtemp(join(stagingDirectory(), 'image-'))
    try {
      if (image === debianImage) await makeDebian(docker, directory, options.signal)
      else await build(docker, image, directory, options, progress)
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
    return 'made'
  })
}

/** Makes images that Docker lacks, and makes those of ours again whose ingredients have changed. */
export const ensureImages = async (
  docker: Docker,
  wanted: readonly MadeImage[],
  options: Options = {},
): Promise<void> => {
  for (const image of wanted) await ensureImage(docker, image, options)
}

/** The base images of all Dockerfiles of ours. */
export const baseImages: readonly MadeImage[] = [debianImage, nodeImage]
