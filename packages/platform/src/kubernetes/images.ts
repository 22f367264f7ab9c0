/*
 * Our own images. Each is built from the root of the checkout by a Dockerfile of infra/images; its tag is the version in
 * the root's package.json, which the overlays name too.
 */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { PlatformError } from '../failure.ts'
import { serviceNames } from '../operations.ts'
import { type Report, runTask } from '../tasks.ts'
import { assertBuilds, type Docker, runDocker } from './images-docker.ts'

export type OurImage = {
  /** Without registry and tag: neotool/app. */
  readonly name: string
  /** From the root of the checkout. */
  readonly dockerfile: string
  readonly buildArguments: Readonly<Record<string, string>>
}

/** Every image that is ours, and how it is built. */
export const ourImages: readonly OurImage[] = [
  ...serviceNames.map((service) => ({
    name: `neotool/${service}`,
    dockerfile: 'infra/images/service/Dockerfile',
    buildArguments: { SERVICE: service },
  })),
  ...['web', 'gateway', 'ops'].map((part) => ({
    name: `neotool/${part}`,
    dockerfile: `infra/images/${part}/Dockerfile`,
    buildArguments: {},
  })),
]

/** The part of an image's name by which people call it: app. */
export const shortName = ({ name }: OurImage): string => name.slice('neotool/'.length)

/** The tag of our images in a checkout. */
export const imageTag = (root: string): string =>
  z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).version

export type BuiltImage = {
  /** With its tag, as the engine knows it: neotool/app:0.1.0. */
  readonly reference: string
  readonly sizeBytes: number
  /** Where it was pushed to. */
  readonly pushed?: string
}

type BuildOptions = {
  readonly root: string
  /** Short names; all of them when it is left out. */
  readonly names?: readonly string[] | undefined
  readonly docker?: Docker
  /** What the build's commands see: `host` where the engine has no network of its own. */
  readonly network?: string | undefined
  /** A registry with its path, without the image's name: registry.example.com/team. */
  readonly push?: string | undefined
  readonly report: Report
  readonly signal?: AbortSignal
}

const isReadable = (file: string): boolean => {
  try {
    accessSync(file, constants.R_OK)
    return existsSync(file)
  } catch {
    return false
  }
}

/**
 * What a build behind a company's proxy and registry needs, by id. A secret of a build is a file that one command of the
 * Dockerfile sees while it runs: it is in no layer and in no history.
 */
const secretsOf = (env: NodeJS.ProcessEnv): readonly string[] => {
  const files = {
    ca: env.NODE_EXTRA_CA_CERTS,
    npmrc: env.NPM_CONFIG_USERCONFIG ?? join(env.HOME ?? homedir(), '.npmrc'),
  }
  return Object.entries(files).flatMap(([id, file]) => (file && isReadable(file) ? [`id=${id},src=${file}`] : []))
}

const buildArgs = ({ dockerfile, buildArguments }: OurImage, reference: string, { docker, network }: BuildOptions) => [
  'build',
  '--progress=plain',
  ...(network === undefined ? [] : [`--network=${network}`]),
  ...secretsOf({ ...process.env, ...docker?.env }).flatMap((secret) => ['--secret', secret]),
  ...Object.entries(buildArguments).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`]),
  '--tag',
  reference,
  '--file',
  dockerfile,
  '.',
]

// "#11 4.842 added 153 packages in 5s"
const withoutStep = (line: string) => line.replace(/^#\d+ ([\d.]+ )?/, '')

const chosenImages = (names: readonly string[] | undefined): readonly OurImage[] => {
  if (names === undefined) return ourImages
  const known = ourImages.map(shortName)
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length === 0) return ourImages.filter((image) => names.includes(shortName(image)))
  throw new PlatformError(`There is no image "${unknown.join('", "')}".`, {
    reason: 'usage',
    advice: `One of: ${known.join(', ')}`,
  })
}

/** Builds our images one after the other, pushes them where that is asked for, and answers what they weigh. */
export const buildImages = async (options: BuildOptions): Promise<readonly BuiltImage[]> => {
  const { root, names, docker = {}, push, report, signal } = options
  const images = chosenImages(names)
  await assertBuilds(docker)
  const tag = imageTag(root)
  const built: BuiltImage[] = []
  report({ kind: 'planned', tasks: images.map(({ name }) => name) })
  for (const image of images) {
    await runTask(report, image.name, async (progress) => {
      const reference = `${image.name}:${tag}`
      const run = { cwd: root, signal, onLine: (line: string) => progress(withoutStep(line)) }
      const advice = `Mend what it says of ${image.dockerfile}. An engine without a network needs --network host.`
      await runDocker(docker, buildArgs(image, reference, options), { ...run, advice })
      const size = await runDocker(docker, ['image', 'inspect', '--format', '{{.Size}}', reference], run)
      const pushed = push === undefined ? undefined : `${push}/${reference}`
      if (pushed !== undefined) {
        await runDocker(docker, ['tag', reference, pushed], run)
        const pushAdvice = `Sign in where that is needed: docker login ${pushed.split('/')[0]}`
        await runDocker(docker, ['push', pushed], { ...run, reason: 'download', advice: pushAdvice })
      }
      const sizeBytes = Number(size.trim())
      built.push({ reference, sizeBytes, ...(pushed !== undefined && { pushed }) })
      return `${(sizeBytes / 1e6).toFixed(0)} MB`
    })
  }
  return built
}
