import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, createCustomer, launchBrowser, open, openContext, picture, signUpAndIn } from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe('customers', () => {
  it('are added, found, and changed without one person overwriting another', async () => {
    const context = await openContext(browser)
    const page = await context.newPage()
    await signUpAndIn(page, aPerson())
    await page.getByRole('link', { name: 'Customers' }).click()
    await page.waitForURL('**/customers')
    await createCustomer(page, { name: 'Joana Prates', email: 'joana@buyers.example', status: 'Pending' })
    await open(page, '/customers')
    await page.getByLabel('Search customers').fill('JOANA@')
    await page.waitForURL(/q=JOANA/)
    await page.getByRole('rowheader', { name: 'Joana Prates' }).waitFor()
    await picture(page, 'customers-found')

    await page.getByRole('link', { name: 'Joana Prates' }).click()
    await page.waitForURL(/\/customers\/[0-9a-f-]{36}/)
    const second = await context.newPage()
    await open(second, page.url())
    await page.getByLabel('Status', { exact: true }).selectOption('Active')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Changes saved').waitFor()

    await second.getByLabel('Name', { exact: true }).fill('Joana Prates Melo')
    await second.getByRole('button', { name: 'Save changes' }).click()
    await second.getByText('This customer was changed meanwhile').waitFor()
    await second.getByRole('cell', { name: 'Active' }).waitFor()
    await picture(second, 'customers-conflict')
    await second.getByRole('button', { name: 'Apply mine' }).click()
    await second.getByText('Changes saved').waitFor()
    await second.reload()
    expect(await second.getByLabel('Name', { exact: true }).inputValue()).toBe('Joana Prates Melo')
    expect(await second.getByLabel('Status', { exact: true }).inputValue()).toBe('ACTIVE')
    await context.close()
  })

  it('have one e-mail address each, without regard to case', async () => {
    const context = await openContext(browser)
    const page = await context.newPage()
    await signUpAndIn(page, aPerson())
    await createCustomer(page, { name: 'Kofi Mensah', email: 'kofi@buyers.example', status: 'Active' })
    await open(page, '/customers/new')
    await page.getByLabel('Name', { exact: true }).fill('Another Kofi')
    await page.getByLabel('E-mail').fill('KOFI@buyers.example')
    await page.getByRole('button', { name: 'Create customer' }).click()
    await page.getByText('Another customer has this e-mail address.').waitFor()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Another Kofi')
    await page.getByLabel('E-mail').fill('kofi')
    await page.getByRole('button', { name: 'Create customer' }).click()
    await page.getByText('Enter an e-mail address such as').waitFor()
    await context.close()
  })

  it('can be deleted by those alone who may', async () => {
    const context = await openContext(browser)
    const page = await context.newPage()
    await signUpAndIn(page, aPerson())
    await createCustomer(page, { name: 'Lena Vogt', email: 'lena@buyers.example', status: 'Inactive' })
    expect(await page.getByRole('button', { name: 'Delete' }).count()).toBe(0)
    await open(page, '/customers')
    await page.getByRole('button', { name: 'Actions for Lena Vogt' }).click()
    await page.getByRole('menuitem', { name: 'Edit' }).waitFor()
    expect(await page.getByRole('menuitem', { name: 'Delete' }).count()).toBe(0)
    await context.close()
  })
})
