import { randomUUID } from 'node:crypto'
import { suspendPart } from '@neotool/platform/suspend-part'
import { eventually } from '@neotool/testkit/eventually'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { type Answer, dataOf, send, sendBody, signedInToken } from './api.ts'
import { name, root } from './environment.ts'

const sku = `PART-${randomUUID().slice(0, 8).toUpperCase()}`

let token: string
let productId: string
let conversationId: string
beforeAll(async () => {
  token = await signedInToken()
  const create = 'mutation ($input: CreateProductInput!) { createProduct(input: $input) { product { id } } }'
  const input = { name: 'Partial lamp', sku, priceCents: 100, stock: 1 }
  type Created = { createProduct: { product: { id: string } } }
  productId = dataOf(await send<Created>(create, { input }, token)).createProduct.product.id

  const begin = 'mutation { createConversation { conversation { id } } }'
  type Begun = { createConversation: { conversation: { id: string } } }
  conversationId = dataOf(await send<Begun>(begin, {}, token)).createConversation.conversation.id
  // The assistant gives up after three seconds, and is then asked again.
  const { reply } = await eventually(
    'a reply',
    async () => dataOf(await say(`show SKU ${sku}`)).sendMessage,
    ({ reply }) => reply !== null,
  )
  expect(reply?.products).toEqual([{ name: 'Partial lamp' }])
})

type Sent = {
  sendMessage: { message: { text: string }; reply: { text: string; products: ({ name: string } | null)[] } | null }
}
const SAY = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { message { text } reply { text products { name } } }
}`
const say = (text: string) => send<Sent>(SAY, { input: { conversationId, text } }, token)

// What the assistant itself knows of the answer: its own endpoint cannot tell a product's name.
const KEPT = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { text } reply { text } } }'

const SPANNING = `query ($productId: ID!, $conversationId: ID!) {
  currentUser { displayName }
  products(first: 1, query: "${sku}") { edges { node { id } } }
  product(id: $productId) { name createdBy { displayName } images { id } }
  conversation(id: $conversationId) { title messages(last: 1) { edges { node { role products { id name } } } } }
}`

type Spanning = {
  currentUser: { displayName: string } | null
  products: { edges: object[] } | null
  product: { name: string; createdBy: { displayName: string } | null; images: object[] | null } | null
  conversation: { title: string; messages: { edges: { node: { role: string; products: unknown[] } }[] } } | null
}

const ask = () => send<Spanning>(SPANNING, { productId, conversationId }, token)

const messages = (products: unknown[]) => ({ edges: [{ node: { role: 'ASSISTANT', products } }] })

/** What is there when every part is, part by part. */
const whole = () => ({
  currentUser: { displayName: 'Api Person' },
  products: { edges: [{ node: { id: productId } }] },
  product: { name: 'Partial lamp', createdBy: { displayName: 'Api Person' }, images: [] },
  conversation: { title: `show SKU ${sku}`, messages: messages([{ id: productId, name: 'Partial lamp' }]) },
})

/** What is there without a part, and the way to each field that is missing. */
const without: Record<string, { data: () => object; missing: string[] }> = {
  app: {
    // The assistant knows which product it spoke of, but its name is another service's to tell.
    data: () => ({
      ...whole(),
      products: null,
      product: null,
      conversation: { ...whole().conversation, messages: messages([null]) },
    }),
    missing: ['products', 'product', 'conversation.messages.edges.node.products'],
  },
  security: {
    data: () => ({ ...whole(), currentUser: null, product: { ...whole().product, createdBy: null } }),
    missing: ['currentUser', 'product.createdBy'],
  },
  assets: {
    data: () => ({ ...whole(), product: { ...whole().product, images: null } }),
    missing: ['product.images'],
  },
  assistant: {
    data: () => ({ ...whole(), conversation: null }),
    missing: ['conversation'],
  },
}

/** The planner names the object whose fields it could not get, without the places in lists on the way to it. */
const pathsOf = ({ errors }: Answer<unknown>) =>
  errors.map(({ path = [] }) => path.filter((step) => typeof step === 'string').join('.'))

describe('while one service is away', () => {
  it('nothing is missing while none is', async () => {
    expect(dataOf(await ask())).toEqual(whole())
  })

  it.each(Object.keys(without))('%s: the fields of the others come, and an error for its own alone', async (part) => {
    const expected = without[part]
    {
      await using _away = await suspendPart({ root, name, part })
      const answer = await ask()
      expect(answer.status).toBe(200)
      expect(answer.data).toEqual(expected?.data())
      const missing = expected?.missing ?? []
      const paths = pathsOf(answer)
      // Fields that the planner asks for together are missing with one error, which names the first of them.
      expect(paths.length).toBeGreaterThan(0)
      expect(paths.length).toBeLessThanOrEqual(missing.length)
      for (const path of paths) expect(path !== '' && missing.some((field) => field.startsWith(path)), path).toBe(true)
      for (const { message, extensions } of answer.errors) {
        expect(extensions).toMatchObject({ code: 'SERVICE_UNAVAILABLE', service: part })
        expect(message).toContain(part)
      }
    }
    expect(dataOf(await ask())).toEqual(whole())
  })

  it.each([
    ['app', () => inject('urls').gateway],
    // Nobody gets to the assistant without the gateway, unless it went away meanwhile.
    ['gateway', () => `${inject('urls').assistant}/graphql`],
  ] as const)('%s: a message to the assistant is kept, and the error is that of its reply', async (part, url) => {
    await using _away = await suspendPart({ root, name, part })
    const { data, errors } = await sendBody<Sent>(
      JSON.stringify({ query: KEPT, variables: { input: { conversationId, text: 'find lamps' } } }),
      token,
      url(),
    )
    expect(data?.sendMessage).toEqual({ message: { text: 'find lamps' }, reply: null })
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatchObject({
      path: ['sendMessage', 'reply'],
      extensions: { code: 'SERVICE_UNAVAILABLE', reason: 'GRAPH_UNAVAILABLE' },
    })
  })
})
