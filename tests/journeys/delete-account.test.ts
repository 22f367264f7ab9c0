import { eventually } from '@neotool/testkit/eventually'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dataOf, send, signedInToken } from './api.ts'
import { aPerson, expectAccessible, launchBrowser, open, openContext, picture, signUpAndIn } from './browser.ts'
import { everyMessage, everyRow } from './everything-stored.ts'
import { mailsTo } from './inbox.ts'

const PASSWORD = 'walnut desks at noon'
const NAME = 'Zebedee Quillfeather'
const STREET = 'Marmalade Crescent'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

type Product = { id: string; createdBy: { displayName: string } | null }
type SignedIn = { signIn: { session: { accessToken: string; refreshToken: string }; user: { id: string } } }

const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) { session { accessToken refreshToken } user { id } }
}`

/** Somebody who has left traces in every service. */
const leaveTraces = async () => {
  const email = `zebedee-${Date.now()}@example.com`
  const account = { email, password: PASSWORD, displayName: NAME }
  dataOf(await send('mutation ($input: SignUpInput!) { signUp(input: $input) { email } }', { input: account }))
  await send(SIGN_IN, { input: { email, password: 'not their password' } })
  const { session, user } = dataOf(await send<SignedIn>(SIGN_IN, { input: { email, password: PASSWORD } })).signIn
  const token = session.accessToken
  await mailsTo(email, 1)
  dataOf(
    await send('mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { requested } }', {
      input: { email },
    }),
  )
  await mailsTo(email, 2)
  const product = dataOf(
    await send<{ createProduct: { product: Product } }>(
      `mutation ($input: CreateProductInput!) {
        createProduct(input: $input) { product { id createdBy { displayName } } }
      }`,
      { input: { name: 'Left lamp', sku: `LEFT-${Date.now()}`, priceCents: 4_990, stock: 3 } },
      token,
    ),
  ).createProduct.product
  expect(product.createdBy).toEqual({ displayName: NAME })
  const begin = 'mutation { createConversation { conversation { id } } }'
  type Begun = { createConversation: { conversation: { id: string } } }
  const conversationId = dataOf(await send<Begun>(begin, {}, token)).createConversation.conversation.id
  const say = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { reply { text } } }'
  const text = `I am ${NAME}, I live in ${STREET}, write to ${email}`
  dataOf(await send(say, { input: { conversationId, text } }, token))
  return { email, token, refreshToken: session.refreshToken, userId: user.id, productId: product.id }
}

describe('an account that was deleted', () => {
  it('leaves its id, and neither e-mail, name nor address in any table or topic; what others work with stays', async () => {
    const { email, token, refreshToken, userId, productId } = await leaveTraces()
    const traces = new RegExp([email, NAME, STREET].join('|'), 'i')
    // Otherwise this test would find nothing whatever happened.
    expect((await everyRow()).filter(({ text }) => traces.test(text)).length).toBeGreaterThan(2)

    const deleteAccount = 'mutation ($input: DeleteAccountInput!) { deleteAccount(input: $input) { deletedUserId } }'
    expect(dataOf(await send(deleteAccount, { input: { email } }, token))).toEqual({
      deleteAccount: { deletedUserId: userId },
    })
    const rows = await eventually(
      'all traces to be gone',
      async () => (await everyRow()).filter(({ text }) => traces.test(text)),
      (found) => found.length === 0,
    )
    expect(rows).toEqual([])
    const messages = await everyMessage()
    expect(messages.filter(({ where }) => where === 'neotool.security.account').map(({ text }) => text)).toContainEqual(
      expect.stringContaining(userId),
    )
    expect(messages.filter(({ text }) => traces.test(text))).toEqual([])

    await eventually(
      'the access token to be refused',
      () => send('{ currentUser { id } }', {}, token),
      ({ errors }) => errors[0]?.extensions.reason === 'SESSION_ENDED',
    )
    const refresh =
      'mutation ($input: RefreshAccessTokenInput!) { refreshAccessToken(input: $input) { session { accessToken } } }'
    expect((await send(refresh, { input: { refreshToken } })).errors[0]?.extensions.reason).toBe('SESSION_ENDED')

    const read = 'query ($id: ID!) { product(id: $id) { id createdBy { id displayName } } }'
    expect(dataOf(await send(read, { id: productId }, await signedInToken()))).toEqual({
      product: { id: productId, createdBy: null },
    })

    const context = await openContext(browser)
    const page = await context.newPage()
    await signUpAndIn(page, aPerson())
    await open(page, `/products/${productId}`)
    await page.getByRole('heading', { name: 'Left lamp' }).waitFor()
    expect(await page.getByText(NAME).count()).toBe(0)
    await expectAccessible(page)
    await picture(page, 'creator-is-gone')
    await context.close()
  })
})
