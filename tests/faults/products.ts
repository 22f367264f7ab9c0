import { randomUUID } from 'node:crypto'
import type { Answer, ServiceProcess } from '@neotool/testkit/service-process'
import { dataOf } from './people.ts'

type Product = { readonly id: string; readonly version: number }

const CREATE = 'mutation ($input: CreateProductInput!) { createProduct(input: $input) { product { id version } } }'
const RENAME = 'mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { product { id version } } }'
const ACTIVITY = `query ($productId: ID!, $after: String) {
  activity(productId: $productId, first: 100, after: $after) {
    edges { node { productName } }
    pageInfo { hasNextPage endCursor }
  }
}`

/** Adds a product; `name` is what its activity shows. */
export const createProduct = (
  app: ServiceProcess,
  token: string,
  name: string,
): Promise<Answer<{ createProduct: { product: Product } }>> =>
  app.graphql(CREATE, { input: { name, sku: randomUUID(), priceCents: 100 } }, token)

/** The same, for tests that need it to work. */
export const newProduct = async (app: ServiceProcess, token: string, name: string): Promise<Product> =>
  dataOf(await createProduct(app, token, name)).createProduct.product

export const renameProduct = async (
  app: ServiceProcess,
  token: string,
  { id, version }: Product,
  name: string,
): Promise<Product> => {
  type Renamed = { updateProduct: { product: Product } }
  return dataOf(await app.graphql<Renamed>(RENAME, { input: { id, version, name } }, token)).updateProduct.product
}

type Page = {
  activity: {
    edges: readonly { node: { productName: string } }[]
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
  }
}

/** The names that the product had, oldest first: one for each activity, so an effect that came twice shows. */
export const namesInActivity = async (app: ServiceProcess, token: string, productId: string): Promise<string[]> => {
  const names: string[] = []
  for (let after: string | null = null; ; ) {
    const { activity }: Page = dataOf(await app.graphql<Page>(ACTIVITY, { productId, after }, token))
    names.push(...activity.edges.map(({ node }) => node.productName))
    if (!activity.pageInfo.hasNextPage) return names.reverse()
    after = activity.pageInfo.endCursor
  }
}
