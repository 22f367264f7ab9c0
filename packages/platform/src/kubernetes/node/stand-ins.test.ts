import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { baseImages, busyboxImage, fingerprintOfImage, type MadeImage } from './base-images.ts'
import { nodeFiles } from './layout.ts'
import { standInFor, standIns } from './stand-ins.ts'

const dockerfileOf = ({ folder }: MadeImage) => readFileSync(join(nodeFiles, 'images', folder, 'Dockerfile'), 'utf8')

test.each(standIns)('$reference is made from the base that it states', (image) => {
  expect(dockerfileOf(image)).toContain(`FROM ${image.base?.reference}\n`)
})

test.each(standIns)('$reference copies what is put beside its Dockerfile', (image) => {
  const copied = [...dockerfileOf(image).matchAll(/^COPY (?:--\S+ )?(.+) \S+$/gm)].flatMap(([, names]) =>
    (names ?? '').split(' '),
  )
  expect(copied).toEqual(expect.arrayContaining(Object.keys(image.files?.() ?? {})))
})

test('takes the names of manifests, with or without the registry of Docker', () => {
  expect(standInFor('docker.io/edoburu/pgbouncer:v1.24.1-p1')?.folder).toBe('pgbouncer')
  expect(standInFor('docker.io/library/postgres:18.4')?.folder).toBe('postgres')
  expect(standInFor('postgres:18.4')?.folder).toBe('postgres')
})

test('stands in for no other version', () => {
  expect(standInFor('postgres:17')).toBeUndefined()
})

test('an image has another fingerprint with other programs or another base', () => {
  const [image] = standIns as [MadeImage]
  const [debian] = baseImages as [MadeImage]
  const fingerprints = [
    fingerprintOfImage(image),
    fingerprintOfImage({ ...image, binaries: [] }),
    fingerprintOfImage({ ...image, base: busyboxImage }),
    fingerprintOfImage({ ...image, folder: debian.folder }),
  ]
  expect(new Set(fingerprints).size).toBe(fingerprints.length)
})
