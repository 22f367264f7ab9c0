/** What a person does with the platform, by its API alone. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { PlatformError } from '../../failure.ts'

export type Answer<Data> = {
  readonly status: number
  readonly data: Data | null
  readonly errors: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[]
}

const ANSWERS_WITHIN_MS = 30_000

/** Sends an operation to a gateway. */
export const send = async <Data>(
  gateway: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  token?: string,
): Promise<Answer<Data>> => {
  const response = await fetch(gateway, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
  })
  const { data = null, errors = [] } = (await response.json()) as Partial<Answer<Data>>
  return { status: response.status, data, errors }
}

/** The data of an answer without errors; throws the whole answer otherwise. */
export const dataOf = <Data>(answer: Answer<Data>): Data => {
  if (answer.data === null || answer.errors.length > 0) {
    throw new PlatformError(`The API answered ${answer.status}: ${JSON.stringify(answer.errors)}`)
  }
  return answer.data
}

const ATTEMPTS = 3
const AGAIN_AFTER_MS = 2_000

/**
 * Asks the API for something, up to three times where it says that it cannot now: a person would try again too. Not where a
 * service was too slow, which may have done it.
 */
const act = async <Data>(
  gateway: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  token?: string,
): Promise<Data> => {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send<Data>(gateway, query, variables, token)
    const isUndone = answer.errors.some(
      ({ extensions }) => extensions?.code === 'SERVICE_UNAVAILABLE' && extensions.reason !== 'SERVICE_TIMEOUT',
    )
    if (!isUndone || attempt === ATTEMPTS) return dataOf(answer)
    await delay(AGAIN_AFTER_MS)
  }
}

export type Person = { readonly email: string; readonly token: string }

/** Opens an account by the API and signs in. */
export const signUpAndIn = async (gateway: string): Promise<Person> => {
  // Whoever owns that domain has said that it takes no mail.
  const account = {
    email: `neotool-verify-${randomUUID()}@example.com`,
    password: randomBytes(24).toString('base64url'),
  }
  const signUp = 'mutation ($input: SignUpInput!) { signUp(input: $input) { email } }'
  await act(gateway, signUp, { input: { ...account, displayName: 'Ann' } })
  const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }'
  type SignedIn = { signIn: { session: { accessToken: string } } }
  const { session } = (await act<SignedIn>(gateway, signIn, { input: account })).signIn
  return { email: account.email, token: session.accessToken }
}

/** Deletes the account, with all that is its alone. */
export const deleteAccount = async (gateway: string, { email, token }: Person): Promise<void> => {
  const remove = 'mutation ($input: DeleteAccountInput!) { deleteAccount(input: $input) { deletedUserId } }'
  await act(gateway, remove, { input: { email } }, token)
}

/** Adds a product; answers its id. */
export const addProduct = async (gateway: string, token: string, name: string): Promise<string> => {
  const create = 'mutation ($input: CreateProductInput!) { createProduct(input: $input) { product { id } } }'
  const input = { name, sku: randomBytes(6).toString('hex'), priceCents: 4_800 }
  type Created = { createProduct: { product: { id: string } } }
  return (await act<Created>(gateway, create, { input }, token)).createProduct.product.id
}

/** Removes a product as it is now. */
export const removeProduct = async (gateway: string, token: string, id: string): Promise<void> => {
  type Found = { product: { version: number } }
  const query = 'query ($id: ID!) { product(id: $id) { version } }'
  const { version } = (await act<Found>(gateway, query, { id }, token)).product
  const remove = 'mutation ($input: DeleteProductInput!) { deleteProduct(input: $input) { deletedProductId } }'
  await act(gateway, remove, { input: { id, version } }, token)
}

/** The names under which a product's changes are listed; the list is made from events. */
export const activityOf = async (gateway: string, token: string, productId: string): Promise<readonly string[]> => {
  const query = 'query ($productId: ID!) { activity(productId: $productId) { edges { node { productName } } } }'
  type Activity = { activity: { edges: readonly { node: { productName: string } }[] } }
  const { activity } = await act<Activity>(gateway, query, { productId }, token)
  return activity.edges.map(({ node }) => node.productName)
}

/** A picture: one transparent pixel, in PNG. */
export const PIXEL: Buffer = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR4nGNgAAIAAAUAAXpeqz8AAAAASUVORK5CYII=',
  'base64',
)

type Upload = { readonly url: string; readonly headers: readonly { readonly name: string; readonly value: string }[] }

export type Picture = { readonly id: string; readonly url: string }

/** Sends a picture as the API says; answers the address where it can be read. */
export const addPicture = async (
  gateway: string,
  token: string,
  { productId, storagePort }: { productId: string; storagePort: number | undefined },
): Promise<Picture> => {
  const create = `mutation ($input: CreateAssetUploadInput!) {
    createAssetUpload(input: $input) { asset { id } upload { url headers { name value } } }
  }`
  const sha256 = createHash('sha256').update(PIXEL).digest('base64')
  const input = { productId, fileName: 'pixel.png', contentType: 'image/png', sizeBytes: PIXEL.length, sha256 }
  type Created = { createAssetUpload: { asset: { id: string }; upload: Upload } }
  const { asset, upload } = (await act<Created>(gateway, create, { input }, token)).createAssetUpload
  const { status, body } = await askStorage('PUT', upload.url, { storagePort, headers: upload.headers, bytes: PIXEL })
  if (status !== 200) throw new PlatformError(`The storage answered ${status} to an upload: ${body}`)
  const confirm = 'mutation ($input: ConfirmAssetUploadInput!) { confirmAssetUpload(input: $input) { asset { url } } }'
  type Confirmed = { confirmAssetUpload: { asset: { url: string } } }
  const { confirmAssetUpload } = await act<Confirmed>(gateway, confirm, { input: { id: asset.id } }, token)
  return { id: asset.id, url: confirmAssetUpload.asset.url }
}

/** Removes a picture for good. */
export const removePicture = async (gateway: string, token: string, id: string): Promise<void> => {
  const remove = 'mutation ($input: DeleteAssetInput!) { deleteAsset(input: $input) { deletedAssetId } }'
  await act(gateway, remove, { input: { id } }, token)
}

type StorageRequest = {
  /** Of this machine, where it leads to a storage of the cluster; undefined asks its public address itself. */
  readonly storagePort: number | undefined
  readonly headers?: Upload['headers']
  readonly bytes?: Buffer
}

/** Asks the storage by its public name, as a browser does whose resolver leads it there. */
export const askStorage = async (
  method: 'GET' | 'PUT',
  address: string,
  { storagePort, headers = [], bytes }: StorageRequest,
): Promise<{ status: number; body: Buffer }> => {
  const given = Object.fromEntries(headers.map(({ name, value }) => [name, value]))
  if (storagePort === undefined) {
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS)
    const response = await fetch(address, {
      method,
      headers: given,
      signal,
      ...(bytes && { body: new Uint8Array(bytes) }),
    })
    return { status: response.status, body: Buffer.from(await response.arrayBuffer()) }
  }
  // The address is signed for the name, so the name has to be said, though the request goes elsewhere: fetch cannot do that.
  const { host, pathname, search } = new URL(address)
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: Buffer }>()
  const options = {
    host: '127.0.0.1',
    port: storagePort,
    method,
    path: `${pathname}${search}`,
    timeout: ANSWERS_WITHIN_MS,
  }
  const asked = request({ ...options, headers: { ...given, host } }, (response) => {
    buffer(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject)
  })
  asked.on('timeout', () => asked.destroy(new Error(`no answer within ${ANSWERS_WITHIN_MS / 1_000} s`)))
  asked.on('error', reject).end(bytes)
  return promise
}
