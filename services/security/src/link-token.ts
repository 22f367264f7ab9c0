import type { z } from 'zod'
import { opaqueToken, randomToken } from './opaque-token.ts'

/** What the link of a mail carries: whoever has it has read the mail. */
export const linkToken = opaqueToken.brand<'LinkToken'>()
export type LinkToken = z.output<typeof linkToken>

export type NewLinkToken = { readonly token: LinkToken; readonly expiresAt: Date }

export const newLinkToken = (lifeMs: number, now: Date): NewLinkToken => ({
  token: linkToken.parse(randomToken()),
  expiresAt: new Date(now.getTime() + lifeMs),
})
