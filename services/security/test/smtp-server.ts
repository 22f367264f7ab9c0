import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export type TestSmtpServer = AsyncDisposable & {
  readonly url: string
  /** What arrived for an address, oldest first. */
  mailsTo(address: string): readonly ParsedMail[]
  /** From now on the recipient is refused with this answer, as real servers word it: with the address in it. */
  refuse(address: string, responseCode: number): void
  /** Refuses nobody any more. */
  accept(): void
}

/** A real SMTP server that keeps what it gets. */
export const startSmtpServer = async (): Promise<TestSmtpServer> => {
  const mails: { to: readonly string[]; mail: ParsedMail }[] = []
  const refused = new Map<string, number>()
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, callback) => {
      const responseCode = refused.get(address)
      if (responseCode === undefined) return callback()
      callback(Object.assign(new Error(`5.1.1 <${address}>: Recipient address rejected`), { responseCode }))
    },
    onData: (stream, { envelope }, callback) => {
      simpleParser(stream).then((mail) => {
        mails.push({ to: envelope.rcptTo.map(({ address }) => address), mail })
        callback()
      }, callback)
    },
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mailsTo: (address) => mails.filter(({ to }) => to.includes(address)).map(({ mail }) => mail),
    refuse: (address, responseCode) => void refused.set(address, responseCode),
    accept: () => refused.clear(),
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
