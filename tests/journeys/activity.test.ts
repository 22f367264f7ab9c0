import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, createProduct, launchBrowser, open, openContext, picture, signUpAndIn } from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** Loads the page until it shows this: what was done is told a moment later. */
const reloadUntil = async (page: Page, shown: Locator): Promise<void> => {
  await expect
    .poll(async () => {
      await page.reload()
      // The list comes after the page around it.
      return shown.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      )
    })
    .toBe(true)
}

describe('the activity', () => {
  it('tells who changed what, on the page of all changes and at the product itself', async () => {
    const context = await openContext(browser)
    const page = await context.newPage()
    await signUpAndIn(page, { ...aPerson(), name: 'Rui Prado' })
    const product = { name: 'Felt pinboard', sku: 'PIN-FLT', price: '24.00', stock: '12' }
    await createProduct(page, product)
    const productUrl = page.url()
    await page.getByLabel('Price', { exact: true }).fill('26.00')
    await page.getByLabel('Stock', { exact: true }).fill('11')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Changes saved').waitFor()

    await open(page, productUrl)
    await reloadUntil(page, page.getByText('Rui Prado changed the price and the stock').first())
    await page.getByRole('main').getByText('Rui Prado added it').waitFor()
    await picture(page, 'activity-of-a-product')

    await page.getByRole('link', { name: 'Show all' }).click()
    await page.waitForURL(/\/activity\?product=/)
    await page.getByText('Only changes of “Felt pinboard”.').waitFor()
    const entries = page.getByRole('main').getByRole('listitem')
    expect(await entries.count()).toBe(2)
    expect(await entries.first().textContent()).toContain('changed the price and the stock of Felt pinboard')

    await page.getByRole('link', { name: 'Show all activity' }).click()
    await page.waitForURL('**/activity')
    await picture(page, 'activity')
    await page.getByRole('link', { name: product.name }).first().click()
    await page.waitForURL(productUrl)
    await context.close()
  })

  it('is paged both ways, with its place in the address', async () => {
    const context = await openContext(browser)
    const page = await context.newPage()
    await signUpAndIn(page, aPerson())
    await createProduct(page, { name: 'Ink, black', sku: 'INK-BLK', price: '9', stock: '0' })
    const productId = page.url().split('/').at(-1) ?? ''
    for (let stock = 1; stock <= 21; stock += 1) {
      await page.getByLabel('Stock', { exact: true }).fill(String(stock))
      const saved = page.waitForResponse((response) => response.request().method() === 'POST')
      await page.getByRole('button', { name: 'Save changes' }).click()
      await saved
      await page.locator(`input[name="version"][value="${stock + 1}"]`).waitFor({ state: 'attached' })
    }
    const entries = page.getByRole('main').getByRole('listitem')
    await open(page, `/activity?product=${productId}`)
    const next = page.getByRole('link', { name: 'Next' })
    await reloadUntil(page, next)
    expect(await entries.count()).toBe(20)
    await next.click()
    await page.waitForURL(/after=/)
    await page.getByRole('main').getByText('added Ink, black').waitFor()
    // A reload is at the same place.
    await page.reload()
    await page.getByRole('main').getByText('added Ink, black').waitFor()
    await page.getByRole('link', { name: 'Previous' }).click()
    await page.waitForURL(/before=/)
    await expect.poll(() => entries.count()).toBe(20)
    await context.close()
  })
})
