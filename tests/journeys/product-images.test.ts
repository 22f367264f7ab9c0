import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, createProduct, launchBrowser, open, openContext, picture, signUpAndIn } from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe('the pictures of a product', () => {
  it('are sent by picker and by drop, told apart from what is none, and removed', async () => {
    const context = await openContext(browser)
    const page = await context.newPage()
    await signUpAndIn(page, aPerson())
    await createProduct(page, { name: 'Linen lampshade', sku: 'SHD-LIN', price: '48', stock: '7' })
    await page.getByText('There are no images yet.').waitFor()
    const png = await page.screenshot({ type: 'png' })
    const jpeg = await page.screenshot({ type: 'jpeg' })

    await page.locator('input[type="file"]').setInputFiles([
      { name: 'front.png', mimeType: 'image/png', buffer: png },
      { name: 'side.jpg', mimeType: 'image/jpeg', buffer: jpeg },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') },
      { name: 'pretends.png', mimeType: 'image/png', buffer: Buffer.from('no picture') },
    ])
    await page.getByText('Only JPEG, PNG and WebP images can be sent.').waitFor()
    await page.getByText('This file is not the image that its name says.').waitFor()
    const images = page.locator('main img')
    await expect.poll(() => images.count()).toBe(2)
    await picture(page, 'images')

    // The bytes are there, and the page's policy lets the browser show them.
    const widths = () => page.evaluate('[...document.querySelectorAll("main img")].map((image) => image.naturalWidth)')
    await expect.poll(widths).toEqual([1280, 1280])
    await page.getByRole('button', { name: 'Dismiss notes.txt' }).click()
    await expect.poll(() => page.getByText('Only JPEG, PNG and WebP').count()).toBe(0)

    // As text: this workspace knows no types of the browser.
    const transfer = await page.evaluateHandle(`(() => {
      const transfer = new DataTransfer()
      const bytes = Uint8Array.from(atob('${png.toString('base64')}'), (character) => character.charCodeAt(0))
      transfer.items.add(new File([bytes], 'back.png', { type: 'image/png' }))
      return transfer
    })()`)
    await page.getByText('or drop them here').dispatchEvent('drop', { dataTransfer: transfer })
    await page.getByRole('img', { name: 'back.png' }).waitFor()

    await page.getByRole('button', { name: 'Delete side.jpg' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('“side.jpg” was deleted').waitFor()
    await page.reload()
    await page.getByRole('img', { name: 'front.png' }).waitFor()
    expect(await page.getByRole('img', { name: 'side.jpg' }).count()).toBe(0)
    await context.close()
  })

  it('are removed by their owner alone, though everybody sees them', async () => {
    const owner = await openContext(browser)
    const page = await owner.newPage()
    await signUpAndIn(page, aPerson())
    await createProduct(page, { name: 'Cane basket', sku: 'BSK-CAN', price: '32', stock: '4' })
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'basket.png', mimeType: 'image/png', buffer: await page.screenshot() })
    await page.getByRole('button', { name: 'Delete basket.png' }).waitFor()

    const other = await openContext(browser)
    const second = await other.newPage()
    await signUpAndIn(second, aPerson())
    await open(second, page.url())
    await second.getByRole('img', { name: 'basket.png' }).waitFor()
    expect(await second.getByRole('button', { name: 'Delete basket.png' }).count()).toBe(0)
    await owner.close()
    await other.close()
  })
})
