import { z } from 'zod'
import { containersOf, workloadsOf } from '../model.ts'
import { type KubernetesObject, nameOf } from '../objects.ts'
import type { Finding } from './finding.ts'

const imagesFile = z.looseObject({
  images: z.array(
    z.strictObject({
      name: z.string(),
      newName: z.string().optional(),
      newTag: z.string().optional(),
      digest: z.string().optional(),
    }),
  ),
})

/** What an image is called, without its tag and digest. */
export const imageNameOf = (image: string): string => image.replace(/@.*$/, '').replace(/:[^/]*$/, '')

/** Whose program an image holds: one of ours is the same whatever registry it is pulled from. */
export const programNameOf = (image: string): string => imageNameOf(image).replace(/^.+\/(?=neotool\/)/, '')

// 2.9.0, v1.24.1-p1, RELEASE.2025-09-07T16-13-09Z: a name such as `latest`, `stable` or `24` moves.
const EXACT_TAG = /^(v?\d+\.\d+(\.\d+)?([.-][\w.-]+)?|RELEASE\.[\w-]+)$/
const DIGEST = /^sha256:[0-9a-f]{64}$/

const RELOADER = /^--prometheus-config-reloader=(.+)$/

/** All images that objects name: those of containers, and those that they tell an operator to use. */
export const imagesIn = (objects: readonly KubernetesObject[]): { object: KubernetesObject; image: string }[] =>
  workloadsOf(objects).flatMap(({ object, pod }) =>
    containersOf(pod).flatMap(({ image, args }) => [
      { object, image },
      ...args.flatMap((arg) => RELOADER.exec(arg)?.[1] ?? []).map((reloader) => ({ object, image: reloader })),
    ]),
  )

/** Each image has an exact tag, and it is the one of the environment's file of images. */
export const findInexactImages = (objects: readonly KubernetesObject[], file: unknown): Finding[] => {
  const listed = imagesFile.parse(file).images.map(({ name, newName = name, newTag, digest }) => {
    const tag = newTag === undefined ? '' : `:${newTag}`
    return { image: `${newName}${tag}${digest === undefined ? '' : `@${digest}`}`, newTag, digest }
  })
  const inFile = listed.flatMap(({ image, newTag, digest }): Finding[] => {
    const found = (problem: string) => [{ rule: 'images', object: `images/kustomization.yaml: ${image}`, problem }]
    if (newTag === undefined || !EXACT_TAG.test(newTag)) return found('it has no exact tag')
    return digest === undefined || DIGEST.test(digest) ? [] : found('its digest is no sha256')
  })
  const inObjects = imagesIn(objects).flatMap(({ object, image }) =>
    listed.some((each) => each.image === image)
      ? []
      : [
          {
            rule: 'images',
            object: nameOf(object),
            problem: image === '' ? 'it names no image' : `the file of images does not name ${image}`,
          },
        ],
  )
  return [...inFile, ...inObjects]
}

/** Nodes keep what they have fetched: an exact tag never changes. */
export const findNeedlessPulls = (objects: readonly KubernetesObject[]): Finding[] =>
  workloadsOf(objects)
    .filter(({ isOfOperator }) => !isOfOperator)
    .flatMap(({ object, pod }) =>
      containersOf(pod).flatMap(({ name, imagePullPolicy }) =>
        imagePullPolicy === 'IfNotPresent'
          ? []
          : [{ rule: 'images', object: nameOf(object), problem: `${name}: imagePullPolicy is ${imagePullPolicy}` }],
      ),
    )
