import type { Audit } from '@neotool/kit/audit'
import { ANONYMOUS } from '@neotool/kit/auth'
import type { Caller } from '@neotool/kit/caller'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import { verificationTokenInvalid } from '../email-verification.ts'
import type { VerifyEmailWithTokenInput } from '../generated/graphql.ts'
import type { Limits } from '../limits.ts'
import { linkToken } from '../link-token.ts'
import type { LinkTokenStore } from '../link-token-store.ts'
import type { UserStore } from '../user-store.ts'

type Deps = {
  database: Database<Tables>
  users: UserStore
  emailVerifications: LinkTokenStore
  limits: Limits
  audit: Audit
  now: () => Date
}

/** Marks the e-mail as verified that the token was sent to; throws VERIFICATION_TOKEN_INVALID where the token is not good. */
export const verifyEmailWithToken =
  ({ database, users, emailVerifications, limits, audit, now }: Deps) =>
  async ({ trace, client }: Caller, input: VerifyEmailWithTokenInput): Promise<void> => {
    await limits.take('verify-email', client)
    const token = linkToken.safeParse(input.token)
    if (!token.success) throw verificationTokenInvalid()
    await inTransaction(database, async (tx) => {
      const at = now()
      const userId = await emailVerifications.take(tx, token.data, at)
      if (userId === undefined) throw verificationTokenInvalid()
      await users.markEmailVerified(tx, userId, at)
      // The link is the proof; whoever follows it need not be signed in.
      const resource = { type: 'User', id: userId }
      await audit.record(tx, { actor: ANONYMOUS, action: 'security:email:verify', resource, outcome: 'allowed' }, trace)
    })
  }
