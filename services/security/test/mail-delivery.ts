import { type MailRequested, mailRequestedV1 } from '@neotool/contracts/events/security-mail'
import { inTransaction } from '@neotool/kit/postgres'
import type { ParsedMail } from 'mailparser'
import type { SecurityFixture } from './security-fixture.ts'
import type { TestSmtpServer } from './smtp-server.ts'

/** What was asked of the mail consumer so far, oldest first. */
export const requestedMails = async ({ database }: SecurityFixture): Promise<readonly MailRequested[]> => {
  const rows = await database
    .selectFrom('outbox')
    .select('value')
    .where('topic', '=', mailRequestedV1.topic)
    .orderBy('position')
    .execute()
  return rows.map(({ value }) => mailRequestedV1.data.parse((value as { data: unknown }).data))
}

/** Takes the place of broker and consumer: each call sends what was asked for since the last one. */
export const mailDelivery = (fixture: SecurityFixture): (() => Promise<void>) => {
  let done = 0
  return async () => {
    const requested = await requestedMails(fixture)
    for (const mail of requested.slice(done)) {
      await inTransaction(fixture.database, (tx) => fixture.useCases.sendRequestedMail(tx, mail))
    }
    done = requested.length
  }
}

export const linkIn = ({ text = '' }: ParsedMail): URL => new URL(/https?:\S+/.exec(text)?.[0] ?? 'nowhere:')

/** The token in the newest mail to an address. */
export const newestToken = (smtp: TestSmtpServer, email: string): string => {
  const mail = smtp.mailsTo(email).at(-1)
  return (mail && linkIn(mail).searchParams.get('token')) ?? 'none'
}
