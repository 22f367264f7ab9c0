import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { dataOf, send } from './api.ts'
import { aPerson, expectAccessible, launchBrowser, open, openContext, picture, signUpAndIn } from './browser.ts'
import { name, root } from './environment.ts'
import { linkIn, mailsTo } from './inbox.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const isVerified = async ({ email, password }: { email: string; password: string }): Promise<boolean> => {
  const signIn = `mutation ($input: SignInInput!) { signIn(input: $input) { user { emailVerified } } }`
  const answer = await send<{ signIn: { user: { emailVerified: boolean } } }>(signIn, { input: { email, password } })
  return dataOf(answer).signIn.user.emailVerified
}

describe('the link in the mail after signing up', () => {
  it('verifies the e-mail by a click on its page, once, and no log tells the address or the token', async () => {
    const context = await openContext(browser)
    const page = await context.newPage()
    const person = aPerson()
    await signUpAndIn(page, person)
    const [mail] = await mailsTo(person.email, 1)
    expect(mail?.subject).toBe('Verify your e-mail')
    const link = linkIn(mail)
    expect(link.href).toMatch(`${inject('urls').web}/verify-email?token=`)

    // A program that looks into mails opens the link; that must not use it up.
    expect((await fetch(link)).status).toBe(200)
    await open(page, link.href)
    await expectAccessible(page)
    await picture(page, 'verify-email')
    expect(await isVerified(person)).toBe(false)

    await page.getByRole('button', { name: 'Verify e-mail' }).click()
    await page.getByText('Your e-mail is verified').waitFor()
    await expectAccessible(page)
    expect(await isVerified(person)).toBe(true)

    await open(page, link.href)
    await page.getByRole('button', { name: 'Verify e-mail' }).click()
    await page.getByText('This link is not good any more').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Send a new link' }).click()
    await page.getByText('Look into your inbox').waitFor()
    await context.close()

    const logs = join(root, '.neotool', name, 'logs')
    const token = link.searchParams.get('token') ?? 'none'
    // The mail server's own log names recipients, as every mail server's does.
    for (const file of readdirSync(logs).filter((each) => each !== 'maildev.log')) {
      const text = readFileSync(join(logs, file), 'utf8')
      expect(text.includes(token), `${file} holds the token`).toBe(false)
      expect(text.includes(person.email), `${file} holds the address`).toBe(false)
    }
  })

  it('is written in the language of the person; a second sign-up tells the owner alone', async () => {
    const input = { email: aPerson().email, password: 'walnut desks at noon', displayName: 'Ana Lima', locale: 'PT' }
    const signUp = 'mutation ($input: SignUpInput!) { signUp(input: $input) { email } }'
    const first = await send(signUp, { input })
    await mailsTo(input.email, 1)
    const second = await send(signUp, { input: { ...input, password: 'somebody else entirely' } })
    expect(second.text).toBe(first.text)
    const mails = await mailsTo(input.email, 2)
    expect(mails.map(({ subject }) => subject)).toEqual(['Confirme o seu e-mail', 'Você já tem uma conta'])
  })
})
