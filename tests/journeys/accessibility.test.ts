import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  aPerson,
  createCustomer,
  createProduct,
  expectAccessible,
  launchBrowser,
  open,
  openContext,
  picture,
  signUpAndIn,
} from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const WIDTHS = [768, 1440, 360] as const
const SCHEMES = ['dark', 'light'] as const

/** What the styles depend on changes under a page that stays, as where a person turns a tablet or evening comes. */
const lookAtAll = async (page: Page, name: string): Promise<void> => {
  // After a navigation within the app the title comes with the last of the page.
  await expect.poll(() => page.title()).not.toBe('')
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 })
    const overflow = () => page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
    await expect.poll(overflow, { message: `${name} is wider than ${width} px` }).toBeLessThanOrEqual(0)
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme })
      await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor()
      await expectAccessible(page)
      await picture(page, `look-${colorScheme}-${width}-${name}`)
    }
  }
}

it('every page can be used at all widths, in light and in dark, without scrolling sideways', async () => {
  const context = await openContext(browser, { width: 360 })
  const page = await context.newPage()
  const look = (name: string) => lookAtAll(page, name)
  for (const [name, path] of [
    ['landing', '/'],
    ['sign-up', '/sign-up'],
    ['sign-in', '/sign-in'],
    ['not-found', '/nothing-here'],
  ] as const) {
    await open(page, path)
    await look(name)
  }
  await signUpAndIn(page, aPerson())
  const sku = 'LOOK-1'
  await createProduct(page, { name: 'A product with a rather long name', sku, price: '1299.50', stock: '0' })
  await open(page, '/products')
  await page.getByRole('rowheader').first().waitFor()
  await look('products')
  await page.getByRole('rowheader').getByRole('link').first().click()
  await page.waitForURL(/\/products\/[0-9a-f-]{36}/)
  await page.getByRole('button', { name: 'Save changes' }).waitFor()
  await look('product')
  await createCustomer(page, { name: 'Maria da Conceição', email: `${sku}@x.example`, status: 'Active' })
  await look('customer')
  for (const [name, path] of [
    ['customers', '/customers'],
    ['new-customer', '/customers/new'],
    ['activity', '/activity'],
    ['assistant', '/assistant'],
  ] as const) {
    await open(page, path)
    await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' })
    await look(name)
  }
  await page.getByRole('button', { name: 'Show all products' }).click()
  await page.waitForURL(/\/assistant\/[0-9a-f-]{36}/)
  await page.getByRole('log').getByText('There').waitFor()
  await look('conversation')
  await context.close()
}, 600_000)
