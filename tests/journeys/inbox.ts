import { eventually } from '@neotool/testkit/eventually'
import { inject } from 'vitest'

export type Mail = {
  readonly subject: string
  readonly text: string
  readonly time: string
  readonly to: readonly { readonly address: string }[]
}

/** The mails to an address, oldest first, once there are `count` of them. */
export const mailsTo = (address: string, count: number): Promise<Mail[]> =>
  eventually(
    `${count} mails to ${address}`,
    async () => {
      const response = await fetch(`${inject('urls').mails}/api/email`)
      const mails = (await response.json()) as Mail[]
      return mails
        .filter(({ to }) => to.some((recipient) => recipient.address === address))
        .sort((one, other) => one.time.localeCompare(other.time))
    },
    ({ length }) => length >= count,
  )

/** The first link in a mail. */
export const linkIn = (mail: Mail | undefined): URL => new URL(/https?:\S+/.exec(mail?.text ?? '')?.[0] ?? 'nowhere:')
