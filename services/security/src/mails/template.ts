import type { Locale } from '../user.ts'

/** One kind of mail: what it says, where its link leads to, and how often one may come. */
export type MailTemplate = {
  /** The path on the web that its link leads to. */
  readonly path: string
  /** One that is asked for sooner after the last of its kind is not sent. */
  readonly shortestPauseMs: number
  readonly words: Readonly<Record<Locale, MailWords>>
}

export type MailWords = {
  readonly subject: string
  readonly greeting: string
  readonly text: string
  readonly action: string
  readonly closing: string
}

export const MINUTE_MS = 60_000
