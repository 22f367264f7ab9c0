import { randomUUID } from 'node:crypto'
import { dataOf } from '@neotool/testkit/graphql-client'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type AssetsFixture, put, startAssets } from './assets-fixture.ts'
import { aPicture } from './pictures.ts'

let fixture: AssetsFixture
beforeAll(async () => {
  fixture = await startAssets()
})
beforeEach(() => void vi.mocked(fixture.assets.loadReady).mockClear())
afterAll(() => fixture[Symbol.asyncDispose]())

type Images = { readonly id: string; readonly url: string }[]

const JOIN = `query ($products: [_Any!]!, $first: Int) {
  _entities(representations: $products) { ... on Product { id images(first: $first) { id url } } }
}`

const imagesOf = async (productIds: readonly string[], first?: number): Promise<Images[]> => {
  const products = productIds.map((id) => ({ __typename: 'Product', id }))
  const answer = await fixture.send<{ _entities: { images: Images }[] }>(JOIN, { products, first }, fixture.member)
  return dataOf(answer)._entities.map(({ images }) => images)
}

const addTo = async (productId: string): Promise<string> => (await fixture.add(aPicture(), { productId })).id

describe('Product.images', () => {
  it('joins the pictures of all products of a request in one query, each in the order of its upload', async () => {
    const [lamp, desk, bare] = [randomUUID(), randomUUID(), randomUUID()]
    const ofLamp = [await addTo(lamp), await addTo(lamp), await addTo(lamp)]
    const ofDesk = [await addTo(desk)]
    const images = await imagesOf([desk, bare, lamp, desk])
    expect(images.map((list) => list.map(({ id }) => id))).toEqual([ofDesk, [], ofLamp, ofDesk])
    expect((await fetch(images[2]?.[1]?.url ?? '')).status).toBe(200)
    expect(fixture.assets.loadReady).toHaveBeenCalledTimes(1)
  })

  it('gives the first ones alone where that is asked for', async () => {
    const productId = randomUUID()
    const first = await addTo(productId)
    await addTo(productId)
    expect((await imagesOf([productId], 1))[0]?.map(({ id }) => id)).toEqual([first])
  })

  it('leaves out what is not ready', async () => {
    const productId = randomUUID()
    await fixture.begin(aPicture(), { productId })
    const html = { bytes: aPicture('text/html').bytes, contentType: 'image/png' }
    const { upload } = await fixture.begin(html, { productId })
    await put(upload, html.bytes)
    expect(await imagesOf([productId])).toEqual([[]])
  })

  it.each([0, -1, 101])('refuses to give %i of them', async (first) => {
    const products = [{ __typename: 'Product', id: randomUUID() }]
    const { errors } = await fixture.send(JOIN, { products, first }, fixture.member)
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'INPUT_INVALID' })
  })
})
