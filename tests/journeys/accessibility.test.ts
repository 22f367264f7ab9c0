import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  aPerson,
  createCustomer,
  createProduct,
  expectAccessible,
  launchBrowser,
  openContext,
  picture,
  signUpAndIn,
} from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const WIDTHS = [360, 768, 1440] as const
const SCHEMES = ['light', 'dark'] as const

describe.each(SCHEMES)('in %s', (colorScheme) => {
  it.each(WIDTHS)('every page can be used at %i px, without scrolling sideways', async (width) => {
    const context = await openContext(browser, { width, colorScheme })
    const page = await context.newPage()
    const look = async (name: string) => {
      // After a navigation within the app the title comes with the last of the page.
      await expect.poll(() => page.title(), { timeout: 60_000 }).not.toBe('')
      await expectAccessible(page)
      const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
      expect(Number(overflow), `${name} is wider than the window`).toBeLessThanOrEqual(0)
      await picture(page, `look-${colorScheme}-${width}-${name}`)
    }
    for (const [name, path] of [
      ['landing', '/'],
      ['sign-up', '/sign-up'],
      ['sign-in', '/sign-in'],
      ['not-found', '/nothing-here'],
    ] as const) {
      await page.goto(path)
      await look(name)
    }
    await signUpAndIn(page, aPerson())
    const sku = `LOOK-${colorScheme}-${width}`.toUpperCase()
    await createProduct(page, { name: `A product with a rather long name ${width}`, sku, price: '1299.50', stock: '0' })
    await page.goto('/products')
    await page.getByRole('rowheader').first().waitFor()
    await look('products')
    await page.getByRole('rowheader').getByRole('link').first().click()
    await page.waitForURL(/\/products\/[0-9a-f-]{36}/)
    await page.getByRole('button', { name: 'Save changes' }).waitFor()
    await look('product')
    await createCustomer(page, { name: `Maria da Conceição ${width}`, email: `${sku}@x.example`, status: 'Active' })
    await look('customer')
    for (const [name, path] of [
      ['customers', '/customers'],
      ['new-customer', '/customers/new'],
      ['activity', '/activity'],
      ['assistant', '/assistant'],
    ] as const) {
      await page.goto(path)
      await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' })
      await look(name)
    }
    await page.getByRole('button', { name: 'Show all products' }).click()
    await page.waitForURL(/\/assistant\/[0-9a-f-]{36}/)
    await page.getByRole('log').getByText('There').waitFor()
    await look('conversation')
    await context.close()
  })
})
