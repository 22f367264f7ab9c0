import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { request } from 'node:http'

export type Answer<Data> = {
  readonly status: number
  readonly data: Data | null
  readonly errors: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[]
}

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
  })
  const { data = null, errors = [] } = (await response.json()) as Partial<Answer<Data>>
  return { status: response.status, data, errors }
}

/** The data of an answer without errors; throws the whole answer otherwise. */
export const dataOf = <Data>(answer: Answer<Data>): Data => {
  if (answer.data === null || answer.errors.length > 0) throw new Error(JSON.stringify(answer))
  return answer.data
}

/** Opens an account by the API and signs in; answers the access token. */
export const signUpAndIn = async (gateway: string): Promise<string> => {
  const account = { email: `${randomUUID()}@example.com`, password: 'walnut desks at noon' }
  const signUp = 'mutation ($input: SignUpInput!) { signUp(input: $input) { email } }'
  dataOf(await send(gateway, signUp, { input: { ...account, displayName: 'Ann' } }))
  const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }'
  type SignedIn = { signIn: { session: { accessToken: string } } }
  return dataOf(await send<SignedIn>(gateway, signIn, { input: account })).signIn.session.accessToken
}

/** Adds a product; answers its id. */
export const addProduct = async (gateway: string, token: string, name: string): Promise<string> => {
  const create = 'mutation ($input: CreateProductInput!) { createProduct(input: $input) { product { id } } }'
  const input = { name, sku: randomBytes(6).toString('hex'), priceCents: 4_800 }
  type Created = { createProduct: { product: { id: string } } }
  return dataOf(await send<Created>(gateway, create, { input }, token)).createProduct.product.id
}

/** A picture: one transparent pixel, in PNG. */
export const PIXEL: Buffer = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR4nGNgAAIAAAUAAXpeqz8AAAAASUVORK5CYII=',
  'base64',
)

type Upload = { readonly url: string; readonly headers: readonly { readonly name: string; readonly value: string }[] }

/** Sends a picture as the API says, to the storage that is reached on a port of this machine; answers its read address. */
export const addPicture = async (
  gateway: string,
  token: string,
  { productId, storagePort }: { productId: string; storagePort: number },
): Promise<string> => {
  const create = `mutation ($input: CreateAssetUploadInput!) {
    createAssetUpload(input: $input) { asset { id } upload { url headers { name value } } }
  }`
  const sha256 = createHash('sha256').update(PIXEL).digest('base64')
  const input = { productId, fileName: 'pixel.png', contentType: 'image/png', sizeBytes: PIXEL.length, sha256 }
  type Created = { createAssetUpload: { asset: { id: string }; upload: Upload } }
  const { asset, upload } = dataOf(await send<Created>(gateway, create, { input }, token)).createAssetUpload
  const { status, body } = await askStorage('PUT', upload.url, { storagePort, headers: upload.headers, bytes: PIXEL })
  if (status !== 200) throw new Error(`The storage answered ${status} ${body}`)
  const confirm = 'mutation ($input: ConfirmAssetUploadInput!) { confirmAssetUpload(input: $input) { asset { url } } }'
  type Confirmed = { confirmAssetUpload: { asset: { url: string } } }
  const confirmed = await send<Confirmed>(gateway, confirm, { input: { id: asset.id } }, token)
  return dataOf(confirmed).confirmAssetUpload.asset.url
}

/** Asks the storage by its public name, as a browser does whose resolver leads it here. */
export const askStorage = (
  method: 'GET' | 'PUT',
  address: string,
  { storagePort, headers = [], bytes }: { storagePort: number; headers?: Upload['headers']; bytes?: Buffer },
): Promise<{ status: number; body: Buffer }> => {
  const { host, pathname, search } = new URL(address)
  const given = Object.fromEntries(headers.map(({ name, value }) => [name, value]))
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: Buffer }>()
  const options = { host: '127.0.0.1', port: storagePort, method, path: `${pathname}${search}` }
  request({ ...options, headers: { ...given, host } }, (response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject)
    response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }))
  })
    .on('error', reject)
    .end(bytes)
  return promise
}
