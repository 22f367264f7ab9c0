/* What a person has in an environment: an account, a session, and something in each service, made through the gateway. */
import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { type Session, send, signIn, signUp } from './graphql.ts'
import type { Parts } from './neotool.ts'

export type Belongings = {
  readonly email: string
  readonly session: Session
  readonly productId: string
  readonly customerId: string
  readonly assetId: string
}

// A picture of one pixel.
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Sends an operation that must succeed; answers its data. */
const ask = async <Data>(parts: Parts, query: string, variables: object, token?: string): Promise<Data> => {
  const { data, errors } = await send(parts, query, { ...variables }, token)
  expect(errors, query).toBeUndefined()
  return data as Data
}

/** Signs in with the password. */
export const openSession = async (parts: Parts, email: string): Promise<Session> => {
  const { token, refreshToken, reason } = await signIn(parts, email)
  if (!token || !refreshToken) throw new Error(`${email} cannot sign in: ${String(reason)}`)
  return { accessToken: token, refreshToken }
}

/** Exchanges a session's refresh token. */
export const refreshSession = async (parts: Parts, { refreshToken }: Session): Promise<Session> => {
  const query = `mutation ($input: RefreshAccessTokenInput!) {
    refreshAccessToken(input: $input) { session { accessToken refreshToken } }
  }`
  type Data = { refreshAccessToken: { session: Session } }
  return (await ask<Data>(parts, query, { input: { refreshToken } })).refreshAccessToken.session
}

type Upload = {
  readonly asset: { readonly id: string }
  readonly upload: {
    readonly url: string
    readonly headers: readonly { readonly name: string; readonly value: string }[]
  }
}

const sendPicture = async (parts: Parts, productId: string, token: string): Promise<string> => {
  const begin = `mutation ($input: CreateAssetUploadInput!) {
    createAssetUpload(input: $input) { asset { id } upload { url headers { name value } } }
  }`
  const sha256 = createHash('sha256').update(picture).digest('base64')
  const file = { productId, fileName: 'dot.png', contentType: 'image/png', sizeBytes: picture.length, sha256 }
  type Data = { createAssetUpload: Upload }
  const { asset, upload } = (await ask<Data>(parts, begin, { input: file }, token)).createAssetUpload
  const headers = Object.fromEntries(upload.headers.map(({ name, value }) => [name, value]))
  const { ok, status } = await fetch(upload.url, { method: 'PUT', headers, body: picture })
  expect(ok, `PUT answered ${status}`).toBe(true)
  const confirm =
    'mutation ($input: ConfirmAssetUploadInput!) { confirmAssetUpload(input: $input) { asset { status } } }'
  await ask(parts, confirm, { input: { id: asset.id } }, token)
  return asset.id
}

/** Makes one of each. */
export const makeBelongings = async (parts: Parts, email: string): Promise<Belongings> => {
  await signUp(parts, email)
  const session = await openSession(parts, email)
  const create = `mutation ($product: CreateProductInput!, $customer: CreateCustomerInput!) {
    createProduct(input: $product) { product { id } }
    createCustomer(input: $customer) { customer { id } }
  }`
  const input = {
    product: { name: 'Walnut desk', sku: 'DSK-OLD', priceCents: 64_900, stock: 3 },
    customer: { name: 'Rui Alves', email: 'rui@example.com' },
  }
  type Data = { createProduct: { product: { id: string } }; createCustomer: { customer: { id: string } } }
  const { createProduct, createCustomer } = await ask<Data>(parts, create, input, session.accessToken)
  const productId = createProduct.product.id
  const assetId = await sendPicture(parts, productId, session.accessToken)
  return { email, session, productId, customerId: createCustomer.customer.id, assetId }
}

/** Fails unless all of it is there as it was made, for whoever has the token. */
export const expectBelongings = async (parts: Parts, made: Belongings, token: string): Promise<void> => {
  const query = `query ($productId: ID!, $customerId: ID!, $assetId: ID!) {
    currentUser { email }
    product(id: $productId) { name sku priceCents stock createdBy { displayName } }
    customer(id: $customerId) { name email status }
    asset(id: $assetId) { status fileName url }
  }`
  const { email, productId, customerId, assetId } = made
  type Data = { asset: { url: string } }
  const found = await ask<Data>(parts, query, { productId, customerId, assetId }, token)
  expect(found).toMatchObject({
    currentUser: { email },
    product: {
      name: 'Walnut desk',
      sku: 'DSK-OLD',
      priceCents: 64_900,
      stock: 3,
      createdBy: { displayName: 'Ana Lima' },
    },
    customer: { name: 'Rui Alves', email: 'rui@example.com', status: 'PENDING' },
    asset: { status: 'READY', fileName: 'dot.png' },
  })
  const bytes = Buffer.from(await (await fetch(found.asset.url)).arrayBuffer())
  expect(bytes.equals(picture), 'the bytes of the picture').toBe(true)
}
