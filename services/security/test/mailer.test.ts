import { Secret } from '@neotool/kit/config'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSmtpMailer, type Mailer } from '../src/mailer.ts'
import { MAIL_FROM } from './security-fixture.ts'
import { startSmtpServer, type TestSmtpServer } from './smtp-server.ts'

let smtp: TestSmtpServer
let mailer: Mailer
beforeAll(async () => {
  smtp = await startSmtpServer()
  mailer = createSmtpMailer({ url: new Secret(smtp.url), from: MAIL_FROM })
})
afterAll(() => smtp[Symbol.asyncDispose]())

const aMail = (to: string) => ({ to, subject: 'Olá, não é?', text: 'João\n.\nQUIT\n', html: '<p>João</p>' })

describe('the SMTP mailer', () => {
  it('delivers text and HTML as they are', async () => {
    await mailer.send(aMail('ann@example.org'))
    const [mail] = smtp.mailsTo('ann@example.org')
    expect(mail).toMatchObject({ subject: 'Olá, não é?', text: 'João\n.\nQUIT\n', html: '<p>João</p>' })
    expect(mail?.from?.text).toBe('"Neotool" <no-reply@neotool.example>')
  })

  it.each([
    [550, 'MAIL_REFUSED', 'invalid'],
    [451, 'MAIL_UNAVAILABLE', 'unavailable'],
  ])('tells a refusal by %i as %s, without the address that the server repeats', async (code, reason, kind) => {
    smtp.refuse('gone@example.org', code)
    const error: unknown = await mailer.send(aMail('gone@example.org')).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ kind, reason })
    expect((error as Error).cause).toBeUndefined()
    expect(String(error)).toContain(String(code))
    expect(String(error)).not.toContain('gone')
  })

  it('tells a server that is not there as one that may come back', async () => {
    const nowhere = createSmtpMailer({ url: new Secret('smtp://127.0.0.1:9'), from: MAIL_FROM })
    await expect(nowhere.send(aMail('ann@example.org'))).rejects.toMatchObject({ kind: 'unavailable' })
  })
})
