import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, launchBrowser, open, openContext, signUpAndIn } from './browser.ts'

// Of six connections to one host; tabs that have to wait for one would come when the former token is not good any more.
const MOST_AT_ONCE = 5

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe('a session', () => {
  it('survives many tabs that all find the access token gone at once', async () => {
    const context = await openContext(browser)
    const page = await context.newPage()
    await signUpAndIn(page, aPerson())
    const cookies = await context.cookies()
    const access = cookies.find(({ name }) => name.includes('access'))
    expect(access, cookies.map(({ name }) => name).join()).toBeDefined()
    for (let round = 0; round < 3; round += 1) {
      await context.clearCookies({ name: access?.name ?? '' })
      const tabs = await Promise.all(Array.from({ length: MOST_AT_ONCE }, () => context.newPage()))
      await Promise.all(tabs.map((tab) => tab.goto('/products')))
      for (const tab of tabs) {
        expect(new URL(tab.url()).pathname).toBe('/products')
        expect(await tab.getByRole('heading', { name: 'Products' }).count()).toBeGreaterThan(0)
        await tab.close()
      }
    }
    await context.close()
  })

  it('keeps its tokens out of reach of scripts', async () => {
    const context = await openContext(browser)
    const page = await context.newPage()
    await signUpAndIn(page, aPerson())
    const readable = await page.evaluate('document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })')
    expect(String(readable)).not.toMatch(/eyJ|refresh|access/)
    const cookies = await context.cookies()
    for (const cookie of cookies.filter(({ name }) => /access|refresh/.test(name))) {
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
      // Not even in what the server renders.
      expect(await page.content()).not.toContain(cookie.value)
    }
    await context.close()
  })

  it('does not follow a foreign address after signing in', async () => {
    const context = await openContext(browser)
    const page = await context.newPage()
    const account = aPerson()
    await signUpAndIn(page, account)
    await context.clearCookies()
    await open(page, '/sign-in?next=https://evil.example/')
    await page.getByLabel('E-mail').fill(account.email)
    await page.getByLabel('Password', { exact: true }).fill(account.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL('**/products**')
    await context.close()
  })
})
