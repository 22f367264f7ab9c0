/*
 * Adds digests to the tags of an environment's images. A tag may be moved by whoever owns the registry; a digest names the
 * bytes. Nobody types one: it is what the registry answers today, or it is not there.
 *
 * `docker buildx imagetools` answers the digest of what the tag points to, for all processors at once. `docker manifest
 * inspect` would not: of such a list it only knows the digests of the parts.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { messageOf, PlatformError } from '../failure.ts'
import { writeFileAtomically } from '../json-file.ts'
import { type Report, runTask } from '../tasks.ts'
import { ourImages } from './images.ts'
import { assertLooksUp, type Docker, runDocker } from './images-docker.ts'

export type LockedImage = {
  readonly reference: string
  /** `local`: an image of ours that no registry has, because the environment names none for it. */
  readonly state: 'locked' | 'unchanged' | 'unanswered' | 'local'
  /** The digest, or why there is none. */
  readonly detail: string
}

type Options = {
  readonly root: string
  readonly environment: string
  readonly docker?: Docker
  readonly report: Report
  readonly signal?: AbortSignal
}

const overlays = 'infra/kubernetes/overlays'

/** Names the images of an environment, from the root of the checkout. */
export const imagesFileOf = (environment: string): string => join(overlays, environment, 'images/kustomization.yaml')

const imagesFile = z.object({
  images: z.array(
    z.object({
      name: z.string(),
      newName: z.string().optional(),
      newTag: z.string({ error: 'must be there, as text: in quotation marks where it looks like a number' }),
      digest: z.string().optional(),
    }),
  ),
})

const manifest = z.object({ digest: z.string().regex(/^sha256:[0-9a-f]{64}$/) })

const readImages = (root: string, environment: string) => {
  const file = imagesFileOf(environment)
  if (!existsSync(join(root, file))) {
    const known = existsSync(join(root, overlays)) ? readdirSync(join(root, overlays)) : []
    throw new PlatformError(`There is no environment "${environment}": ${file} does not exist.`, {
      reason: 'usage',
      advice: `One of: ${known.join(', ')}`,
    })
  }
  const document = parseDocument(readFileSync(join(root, file), 'utf8'))
  const parsed = document.errors.length > 0 ? undefined : imagesFile.safeParse(document.toJS())
  if (parsed?.success) return { file, document, images: parsed.data.images }
  const faults = parsed?.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new PlatformError(`${file} cannot be read as a list of images.`, {
    logLines: faults ?? document.errors.map(messageOf),
  })
}

const askDigest = async (docker: Docker, reference: string, { root, signal }: Options): Promise<string> => {
  const args = ['buildx', 'imagetools', 'inspect', '--format', '{{json .Manifest}}', reference]
  const answer = await runDocker(docker, args, { cwd: root, signal })
  try {
    return manifest.parse(JSON.parse(answer)).digest
  } catch (cause) {
    throw new PlatformError(`docker answered, but with no digest: ${answer.trim().slice(0, 200)}`, { cause })
  }
}

/** What docker said last of a failure; the whole output would be a page for each image. */
const lastWords = (error: unknown): string =>
  (error instanceof PlatformError ? error.logLines.at(-1) : undefined) || messageOf(error)

/**
 * Writes the digest of every image that a registry answers for beside its tag; comments stay. Where no registry answers
 * the file stays as it is for that image, and the answer says why.
 */
export const lockImages = async (options: Options): Promise<readonly LockedImage[]> => {
  const { root, environment, docker = {}, report, signal } = options
  const { file, document, images } = readImages(root, environment)
  await assertLooksUp(docker)
  const locked: LockedImage[] = []
  const tagOf = ({ name, newName = name, newTag }: (typeof images)[number]) => `${newName}:${newTag}`
  report({ kind: 'planned', tasks: images.map(tagOf) })
  for (const [index, image] of images.entries()) {
    const reference = tagOf(image)
    // Without a registry in its name it would be looked up at Docker Hub, where the name is anybody's.
    if (image.newName === undefined && ourImages.some(({ name }) => name === image.name)) {
      const detail = 'ours, and no registry is named for it (newName)'
      report({ kind: 'changed', task: reference, state: 'skipped', detail, elapsedMs: 0 })
      locked.push({ reference, state: 'local', detail })
      continue
    }
    try {
      await runTask(report, reference, async () => {
        const digest = await askDigest(docker, reference, options)
        document.setIn(['images', index, 'digest'], digest)
        locked.push({ reference, state: digest === image.digest ? 'unchanged' : 'locked', detail: digest })
        return digest
      })
    } catch (error) {
      signal?.throwIfAborted()
      locked.push({ reference, state: 'unanswered', detail: lastWords(error) })
    }
  }
  if (locked.some(({ state }) => state === 'locked')) {
    // No line is folded: each image stays on its own.
    writeFileAtomically(join(root, file), document.toString({ lineWidth: 0 }), 0o644)
  }
  return locked
}
