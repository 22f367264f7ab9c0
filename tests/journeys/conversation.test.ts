import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, createProduct, launchBrowser, open, openContext, picture, signUpAndIn } from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe('the assistant', () => {
  it('answers about products, names them as links, and keeps the conversation for its owner alone', async () => {
    const context = await openContext(browser)
    const page = await context.newPage()
    await signUpAndIn(page, aPerson())
    await createProduct(page, { name: 'Teak footstool', sku: 'FST-TEK', price: '75', stock: '9' })
    await page.getByRole('link', { name: 'Assistant' }).click()
    await page.waitForURL('**/assistant')
    await page.getByText('Ask something above').waitFor()
    await page.getByRole('button', { name: 'How many products are there?' }).click()
    await page.waitForURL(/\/assistant\/[0-9a-f-]{36}/)
    await page.getByText(/There (is|are) \d+ products?\./).waitFor()

    // Shift and Enter begin a new line, Enter sends.
    const field = page.getByLabel('Message', { exact: true })
    await field.pressSequentially('find')
    await field.press('Shift+Enter')
    await field.pressSequentially('Teak footstool')
    expect(await field.inputValue()).toBe('find\nTeak footstool')
    await field.press('Enter')
    // What was sent is shown before it is answered.
    await page.getByText('find\nTeak footstool').waitFor()
    const link = page.getByRole('log').getByRole('link', { name: 'Teak footstool' }).first()
    await link.waitFor()
    expect(await field.inputValue()).toBe('')
    await picture(page, 'assistant')
    const conversationUrl = page.url()
    await link.click()
    await page.waitForURL(/\/products\/[0-9a-f-]{36}/)

    await open(page, '/assistant')
    await page.getByRole('link', { name: /How many products are there/ }).waitFor()
    await picture(page, 'assistant-conversations')

    const other = await openContext(browser)
    const stranger = await other.newPage()
    await signUpAndIn(stranger, aPerson())
    await open(stranger, conversationUrl)
    await stranger.getByRole('heading', { name: 'Nothing here' }).waitFor()
    await other.close()

    await open(page, conversationUrl)
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await page.waitForURL('**/assistant')
    await page.getByText('Ask something above').waitFor()
    await context.close()
  })

  it('keeps what was typed when it cannot be sent', async () => {
    const context = await openContext(browser)
    const page = await context.newPage()
    await signUpAndIn(page, aPerson())
    await open(page, '/assistant')
    const field = page.getByLabel('Message', { exact: true })
    await page.route('**/assistant', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    )
    await field.fill('How many desks?')
    await field.press('Enter')
    await page.getByRole('alert').getByText('Nothing is lost').waitFor()
    expect(await field.inputValue()).toBe('How many desks?')
    await context.close()
  })
})
