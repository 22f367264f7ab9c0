import { readFileSync } from 'node:fs'
import { findInexactImages, findNeedlessPulls } from '@neotool/platform/kubernetes/checks/images'
import { imagesFileIn } from '@neotool/platform/kubernetes/releases'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { changed, environments, faultsIn, manifests, manifestsOf, words } from './manifests.ts'
import { root } from './root.ts'

const textOf = (environment: string) => readFileSync(imagesFileIn(root, environment), 'utf8')
const fileOf = (environment: string): unknown => parse(textOf(environment))

test.each(environments)('in %s, each image has the exact tag of the one file', (environment) => {
  expect(faultsIn(findInexactImages(manifestsOf(environment), fileOf(environment)))).toEqual([])
})

test.each(environments)('in %s, nodes keep the images that they have', (environment) => {
  expect(faultsIn(findNeedlessPulls(manifestsOf(environment)))).toEqual([])
})

describe('an image that is not exact is found:', () => {
  const { local } = manifests
  const withTag = (tag: string): unknown =>
    parse(textOf('local').replace(/(name: postgres, newTag:) [^ ]+/, `$1 "${tag}"`))

  test.each(['latest', '18', 'bookworm', ''])('the tag "%s"', (tag) => {
    expect(words(findInexactImages(local, withTag(tag))).join()).toContain('it has no exact tag')
  })

  test.each([
    ['neotool/app:latest', 'the file of images does not name neotool/app:latest'],
    ['neotool/app', 'the file of images does not name neotool/app'],
    ['neotool/app:0.2.0', 'the file of images does not name neotool/app:0.2.0'],
    ['', 'it names no image'],
  ])('%s', (to, problem) => {
    const edit = { set: 'spec/template/spec/containers/name=app/image', to }
    expect(words(findInexactImages(changed(local, 'Deployment neotool-app/app', edit), fileOf('local')))).toEqual([
      `Deployment neotool-app/app: ${problem} (images)`,
    ])
  })

  test('a digest that is none', () => {
    const text = textOf('local').replace(/(name: postgres, newTag: [^ ]+) /, '$1, digest: sha256:abc ')
    expect(words(findInexactImages(local, parse(text))).join()).toContain('its digest is no sha256')
  })

  test('of an operator', () => {
    const { prod } = manifests
    const edit = { set: 'spec/imageName', to: 'ghcr.io/cloudnative-pg/postgresql' }
    expect(
      words(findInexactImages(changed(prod, 'Cluster neotool-data/postgres', edit), fileOf('prod'))).join(),
    ).toContain('the file of images does not name ghcr.io/cloudnative-pg/postgresql')
  })

  test('a pull each time', () => {
    const edit = { set: 'spec/template/spec/containers/name=app/imagePullPolicy', to: 'Always' }
    expect(words(findNeedlessPulls(changed(local, 'Deployment neotool-app/app', edit)))).toHaveLength(1)
  })
})
