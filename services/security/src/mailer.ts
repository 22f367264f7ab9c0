import type { Secret } from '@neotool/kit/config'
import { AppError, unavailable } from '@neotool/kit/errors'
import { createTransport } from 'nodemailer'

export type Mail = { readonly to: string; readonly subject: string; readonly text: string; readonly html: string }

export type Mailer = {
  /** Returns once the mail server has taken the mail. The errors name neither address nor content: they are kept and logged. */
  send(mail: Mail): Promise<void>
}

/** Sends by SMTP, one connection for each mail. */
export const createSmtpMailer = ({ url, from }: { url: Secret; from: string }): Mailer => {
  // All below the 30 s after which the database ends a transaction that waits for us.
  const timeouts = { dnsTimeout: 3_000, connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 8_000 }
  const transport = createTransport({ url: url.reveal(), ...timeouts, disableFileAccess: true, disableUrlAccess: true })
  return {
    async send(mail) {
      try {
        await transport.sendMail({ from, ...mail })
      } catch (error) {
        throw toMailError(error)
      }
    },
  }
}

/** The server's own text is left out, because it mostly repeats the address. */
const toMailError = (error: unknown): AppError => {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  // 5xx is the server's last word about this mail; what is no answer at all, or 4xx, may pass.
  if (code === 'EENVELOPE' && responseCode !== undefined && responseCode >= 500) {
    const message = `The mail server refuses this sender or recipient for good: ${responseCode}.`
    return new AppError({ kind: 'invalid', reason: 'MAIL_REFUSED', message })
  }
  return unavailable(
    'MAIL_UNAVAILABLE',
    `The mail server did not take the mail: ${responseCode ?? code ?? 'no answer'}.`,
  )
}
