import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  aPerson,
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
    await context.close()
  })
})
