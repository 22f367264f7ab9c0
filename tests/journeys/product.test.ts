import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, createProduct, launchBrowser, open, openContext, picture, signIn, signUpAndIn } from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const lamp = { name: 'Desk lamp, brass', sku: 'LMP-BRS', price: '119.00', stock: '27' }

describe('a new user', () => {
  it('signs up, creates a product, finds it, meets a conflict, and signs out', async () => {
    const context = await openContext(browser)
    const page = await context.newPage()
    const account = aPerson()
    await open(page, '/')
    await picture(page, '01-landing')
    await signUpAndIn(page, account)
    await picture(page, '02-no-products')

    await createProduct(page, lamp)
    await open(page, '/products')
    await page.getByLabel('Search products').fill('lamp')
    await page.waitForURL(/lamp/)
    await page.getByRole('rowheader', { name: lamp.name }).waitFor()
    await picture(page, '03-found')

    // Two tabs open the same version; the first one saves.
    await page.getByRole('link', { name: lamp.name }).click()
    await page.waitForURL(/\/products\/[0-9a-f-]{36}/)
    const second = await context.newPage()
    await open(second, page.url())
    await page.getByLabel('Stock', { exact: true }).fill('26')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Changes saved').waitFor()

    await second.getByLabel('Price', { exact: true }).fill('99.00')
    await second.getByRole('button', { name: 'Save changes' }).click()
    await second.getByText('This product was changed meanwhile').waitFor()
    await picture(second, '04-conflict')
    await second.getByRole('button', { name: 'Apply mine' }).click()
    await second.getByText('Changes saved').waitFor()
    // Both changes are kept: mine, and theirs where I changed nothing.
    await second.reload()
    expect(await second.getByLabel('Price', { exact: true }).inputValue()).toBe('99.00')
    expect(await second.getByLabel('Stock', { exact: true }).inputValue()).toBe('26')
    await second.close()

    const productUrl = page.url()
    await page.getByRole('button', { name: /^Account of/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByText('You are signed out.').waitFor()
    await picture(page, '05-signed-out')
    await open(page, productUrl)
    await page.waitForURL('**/sign-in**')
    expect(await page.getByText(lamp.name).count()).toBe(0)
    await page.goBack().catch(() => null)
    expect(await page.getByText(lamp.name).count()).toBe(0)

    // Signing in leads back to where the person wanted to go; a new tab, because the old one may still be on its way.
    const next = await context.newPage()
    await open(next, productUrl)
    await next.waitForURL('**/sign-in**')
    await next.getByLabel('E-mail').fill(account.email)
    await next.getByLabel('Password', { exact: true }).fill(account.password)
    await next.getByRole('button', { name: 'Sign in' }).click()
    await next.waitForURL(productUrl)
    await context.close()
  })

  it('is told what is wrong with what was entered, at the field, and keeps it', async () => {
    const context = await openContext(browser)
    const page = await context.newPage()
    await signUpAndIn(page, aPerson())
    await createProduct(page, { name: 'Stool, ash', sku: 'STL-ASH', price: '129', stock: '3' })
    await open(page, '/products/new')
    await page.getByLabel('Name', { exact: true }).fill('Another stool')
    await page.getByLabel('SKU', { exact: true }).fill('stl-ash')
    await page.getByLabel('Price', { exact: true }).fill('129')
    await page.getByLabel('Stock', { exact: true }).fill('1')
    await page.getByRole('button', { name: 'Create product' }).click()
    await page.getByText('Another product has this SKU.').waitFor()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Another stool')
    await picture(page, '06-sku-taken')
    await context.close()
  })

  it('deletes a product after being asked', async () => {
    const context = await openContext(browser)
    const page = await context.newPage()
    await signUpAndIn(page, aPerson())
    const product = { name: 'Cork footrest', sku: 'FTR-CRK', price: '59.90', stock: '0' }
    await createProduct(page, product)
    await open(page, '/products?q=footrest')
    await page.getByRole('button', { name: `Actions for ${product.name}` }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('dialog').waitFor()
    await picture(page, '07-delete')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText(`“${product.name}” was deleted`).waitFor()
    await page.reload()
    expect(await page.getByRole('rowheader', { name: product.name }).count()).toBe(0)
    await context.close()
  })

  it('is not told whether an account exists', async () => {
    const context = await openContext(browser)
    const page = await context.newPage()
    const account = aPerson()
    await signUpAndIn(page, account)
    await context.clearCookies()
    const other = { ...account, password: 'another long password' }
    await open(page, '/sign-up')
    await page.getByLabel('Name', { exact: true }).fill(other.name)
    await page.getByLabel('E-mail').fill(other.email)
    await page.getByLabel('Password', { exact: true }).fill(other.password)
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.waitForURL('**/sign-in**')
    await page.getByText('Almost there').waitFor()
    // The account is as it was: its old password opens it.
    await signIn(page, account)
    await context.close()
  })
})
