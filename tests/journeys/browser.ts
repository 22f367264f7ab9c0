import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { expect, inject } from 'vitest'

/** Debian's Chromium. It runs as root in containers, where its own sandbox cannot; it visits our pages alone. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

/** A person's browser: cookies of its own, English, and a failure for every error that a page reports. */
export const openContext = async (browser: Browser, options: { width?: number } = {}): Promise<BrowserContext> => {
  const context = await browser.newContext({
    baseURL: inject('urls').web,
    locale: 'en-GB',
    viewport: { width: options.width ?? 1280, height: 800 },
    // What fades has little contrast for a moment, and axe may look just then.
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(60_000)
  return context
}

/** Goes to a page and waits until React has its fields: what is typed into one before that is lost. */
export const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(path)
  // Nobody types into the fields by which a form works without scripts, nor into what measures the height of another one.
  const withoutReact = `[...document.querySelectorAll('input:not([type="hidden"]), textarea:not([aria-hidden]), select')]
    .filter((field) => !Object.keys(field).some((key) => key.startsWith('__reactProps$')))
    .map((field) => field.outerHTML)`
  await expect.poll(() => page.evaluate(withoutReact), { message: `fields of ${path}` }).toEqual([])
}

/** Keeps a picture of the page for people to look at. */
export const picture = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: `${inject('screenshots')}/${name}.png`, fullPage: true })
}

/** Fails where axe finds anything that keeps a person with a disability out. */
export const expectAccessible = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  expect(found, page.url()).toEqual([])
}

export type Account = { readonly email: string; readonly password: string; readonly name: string }

let count = 0

/** Somebody who has no account yet. */
export const aPerson = (): Account => {
  count += 1
  return { email: `ana-${Date.now()}-${count}@example.com`, password: 'walnut desks at noon', name: 'Ana Lima' }
}

/** Opens an account and signs in, as a person does it. */
export const signUpAndIn = async (page: Page, account: Account): Promise<void> => {
  await open(page, '/sign-up')
  await page.getByLabel('Name', { exact: true }).fill(account.name)
  await page.getByLabel('E-mail').fill(account.email)
  await page.getByLabel('Password', { exact: true }).fill(account.password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.waitForURL('**/sign-in**')
  await signIn(page, account)
}

/** Signs in on the sign-in page and waits for the products. */
export const signIn = async (page: Page, { email, password }: Account): Promise<void> => {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/products**')
}

/** Fills the form of a new product and waits until it is there. */
export const createProduct = async (
  page: Page,
  product: { name: string; sku: string; price: string; stock: string },
) => {
  await open(page, '/products/new')
  await page.getByLabel('Name', { exact: true }).fill(product.name)
  await page.getByLabel('SKU', { exact: true }).fill(product.sku)
  await page.getByLabel('Price', { exact: true }).fill(product.price)
  await page.getByLabel('Stock', { exact: true }).fill(product.stock)
  await page.getByRole('button', { name: 'Create product' }).click()
  await page.getByText(`“${product.name}” was created`).first().waitFor()
}

/** Fills the form of a new customer and waits until they are there; `status` as it is shown. */
export const createCustomer = async (page: Page, customer: { name: string; email: string; status: string }) => {
  await open(page, '/customers/new')
  await page.getByLabel('Name', { exact: true }).fill(customer.name)
  await page.getByLabel('E-mail').fill(customer.email)
  await page.getByLabel('Status', { exact: true }).selectOption(customer.status)
  await page.getByRole('button', { name: 'Create customer' }).click()
  await page.getByText(`“${customer.name}” was created`).first().waitFor()
}
