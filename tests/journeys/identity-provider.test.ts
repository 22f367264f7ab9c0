import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { expectAccessible, launchBrowser, open, openContext, picture } from './browser.ts'
import { visitor } from './environment.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

it('signs in by an account at a provider, and goes on to the page that was asked for', async () => {
  const context = await openContext(browser)
  const page = await context.newPage()
  await open(page, '/customers')
  await page.waitForURL('**/sign-in?**')
  await expectAccessible(page)
  await picture(page, 'sign-in-by-provider')
  await page.getByRole('link', { name: 'Continue with Test Provider' }).click()
  await page.waitForURL('**/customers')
  await page.getByRole('button', { name: `Account of ${visitor.name}` }).waitFor()
  // What was kept for the way back is gone, and the session is out of the reach of scripts.
  const cookies = await context.cookies()
  expect(cookies.filter(({ name }) => name.includes('_oauth_'))).toEqual([])
  expect(await page.evaluate('document.cookie')).not.toContain('_access')
  await context.close()
})

it('does not let in a browser that was sent back without having set out here', async () => {
  const context = await openContext(browser)
  const page = await context.newPage()
  // A stranger's own code and state, in a link that they had somebody follow.
  await page.goto('/oauth/test/callback?code=a-code-of-mallory&state=a-state-of-mallory')
  await page.waitForURL('**/sign-in')
  await page.getByText('Signing in with Test Provider did not work: try again.').waitFor()
  await expectAccessible(page)
  expect((await context.cookies()).filter(({ name }) => name.endsWith('_access'))).toEqual([])
  await context.close()
})

it('knows no provider that is not configured', async () => {
  for (const path of ['start', 'callback']) {
    const { status } = await fetch(new URL(`/oauth/evil/${path}`, inject('urls').web), { redirect: 'manual' })
    expect(status).toBe(404)
  }
})
