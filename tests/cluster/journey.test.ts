import type { Forward } from '@neotool/platform/kubernetes/deploy/forward'
import {
  activityOf,
  addPicture,
  addProduct,
  askStorage,
  dataOf,
  PIXEL,
  send,
  signUpAndIn,
} from '@neotool/platform/kubernetes/deploy/person'
import { eventually } from '@neotool/testkit/eventually'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reach } from './access.ts'

const forwards = new AsyncDisposableStack()
let gateway = ''
let storage: Forward
let web: Forward

beforeAll(async () => {
  const [api, files, pages] = await Promise.all([reach('gateway'), reach('minio'), reach('web')])
  forwards.use(api)
  storage = forwards.use(files)
  web = forwards.use(pages)
  gateway = `http://127.0.0.1:${api.port}/graphql`
})
afterAll(() => forwards.disposeAsync())

describe('a person of the cluster', () => {
  it('signs up, adds a product with a picture, and the event of it arrives', async () => {
    const { token } = await signUpAndIn(gateway)
    const productId = await addProduct(gateway, token, 'Linen lampshade')
    const { url } = await addPicture(gateway, token, { productId, storagePort: storage.port })
    const read = await askStorage('GET', url, { storagePort: storage.port })
    expect([read.status, read.body.equals(PIXEL)]).toEqual([200, true])

    type Joined = { product: { images: readonly { url: string }[]; createdBy: { id: string } } }
    const joined = await send<Joined>(
      gateway,
      'query ($id: ID!) { product(id: $id) { images { url } createdBy { id } } }',
      { id: productId },
      token,
    )
    expect(dataOf(joined).product.images).toHaveLength(1)

    // It went from app's outbox by Kafka to app's consumer.
    const names = () => activityOf(gateway, token, productId)
    const arrived = await eventually('the event has its effect', names, (found) => found.length > 0)
    expect(arrived).toEqual(['Linen lampshade'])
  })

  it('gets an answer of the assistant, which asks the gateway with their token', async () => {
    const { token } = await signUpAndIn(gateway)
    await addProduct(gateway, token, 'Brass kettle')
    const begin = 'mutation { createConversation { conversation { id } } }'
    type Begun = { createConversation: { conversation: { id: string } } }
    const { id } = dataOf(await send<Begun>(gateway, begin, {}, token)).createConversation.conversation
    const say = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { reply { text } } }'
    type Said = { sendMessage: { reply: { text: string } | null } }
    const input = { conversationId: id, text: 'Find brass kettles' }
    // It gives up after three seconds, and says so.
    const answer = await eventually(
      'a reply',
      async () => dataOf(await send<Said>(gateway, say, { input }, token)).sendMessage,
      ({ reply }) => reply !== null,
    )
    expect(answer.reply?.text).toContain('Brass kettle')
  })

  it('is shown the pages of the web', async () => {
    const page = await fetch(`http://127.0.0.1:${web.port}/`)
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Neotool')])
  })
})
