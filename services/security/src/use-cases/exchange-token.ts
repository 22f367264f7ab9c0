import type { Audit } from '@neotool/kit/audit'
import type { Authenticate, UserActor } from '@neotool/kit/auth'
import { AppError } from '@neotool/kit/errors'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { decodeJwt } from 'jose'
import type { Tables } from '../database.ts'
import type { GroupStore } from '../group-store.ts'
import { type Form, required } from '../oauth/form.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import type { OAuthRequest } from '../oauth/request.ts'
import { grantedAudience, grantedScope } from '../oauth/scope.ts'
import type { SignServiceToken } from '../service-token.ts'
import { sessionId } from '../session.ts'
import type { SessionStore } from '../session-store.ts'
import { userId } from '../user.ts'
import type { AuthenticateClient } from './authenticate-client.ts'
import type { GrantedToken } from './issue-service-token.ts'

type Deps = {
  database: Database<Tables>
  groups: GroupStore
  sessions: SessionStore
  authenticateClient: AuthenticateClient
  /** Checks the access tokens of users, as every service does. */
  authenticate: Authenticate
  signServiceToken: SignServiceToken
  audit: Audit
  now: () => Date
}

export const ACCESS_TOKEN_URN = 'urn:ietf:params:oauth:token-type:access_token'

/**
 * A token by which the client acts for the user whose access token it has, RFC 8693: with what both may do, for no longer
 * than the user's token, and over when the user's session is.
 */
export const exchangeToken = ({
  database,
  groups,
  sessions,
  authenticateClient,
  authenticate,
  signServiceToken,
  audit,
  now,
}: Deps) => {
  /** The person behind the subject token; RFC 8693, section 2.2.2, has one error for all that is wrong with it. */
  const subjectOf = async (token: string): Promise<UserActor> => {
    const actor = await authenticate(`Bearer ${token}`).catch((error: unknown) => {
      throw error instanceof AppError && error.kind === 'unauthenticated' ? subjectInvalid() : error
    })
    if (actor.kind !== 'user') throw new OAuthError('invalid_request', 'The subject must be a user, not a service.')
    if (actor.actingServiceId !== undefined) {
      throw new OAuthError(
        'invalid_request',
        'The subject token was exchanged already; only that of a sign-in will do.',
      )
    }
    return actor
  }

  return async (request: OAuthRequest): Promise<GrantedToken> => {
    const { form, trace } = request
    const { principal, rightsVersion } = await authenticateClient(request)
    refuseOtherTypes(form)
    const subjectToken = required(form, 'subject_token')
    const subject = await subjectOf(subjectToken)
    const at = now()
    // Its end is in the table before any process has read of it.
    if (!(await sessions.isOpen(database, sessionId.parse(subject.sessionId), at))) throw subjectInvalid()
    const rights = await groups.rightsOf(database, userId.parse(subject.id), at)
    const both = subject.permissions.filter(
      (name) => rights.permissions.includes(name) && principal.permissions.includes(name),
    )
    const permissions = grantedScope(form, both)
    if (permissions.length === 0) {
      throw new OAuthError('invalid_scope', 'There is nothing that the user and the client both may do.')
    }
    const audience = grantedAudience(form, principal.audiences)
    const actor = { ...subject, permissions, actingServiceId: principal.id }
    const resource = { type: 'Service', id: principal.id }
    await inTransaction(database, (tx) =>
      audit.record(tx, { actor, action: 'security:token:exchange', resource, outcome: 'allowed' }, trace),
    )
    const token = await signServiceToken({
      clientId: principal.id,
      audience,
      permissions,
      // Two statements read the rights: a loss between them must count.
      rightsVersion: Math.min(rightsVersion, rights.version),
      user: { ...subject, groupIds: rights.groupIds, isEmailVerified: rights.isEmailVerified },
      expiresBefore: earliest(expiryOf(subjectToken), rights.endsAt),
      issuedAt: at,
    })
    return { ...token, permissions }
  }
}

const refuseOtherTypes = (form: Form): void => {
  if (required(form, 'subject_token_type') !== ACCESS_TOKEN_URN) {
    throw new OAuthError('invalid_request', `The subject_token_type must be ${ACCESS_TOKEN_URN}.`)
  }
  if ((form.get('requested_token_type') ?? ACCESS_TOKEN_URN) !== ACCESS_TOKEN_URN) {
    throw new OAuthError('invalid_request', `The requested_token_type must be ${ACCESS_TOKEN_URN}.`)
  }
  if (form.has('actor_token') || form.has('actor_token_type')) {
    throw new OAuthError('invalid_request', 'The client itself is the actor: send no actor_token.')
  }
}

const subjectInvalid = (): OAuthError => new OAuthError('invalid_request', 'The subject token is not good.')

/** When a token that was verified already expires. */
const expiryOf = (token: string): Date => new Date((decodeJwt(token).exp ?? 0) * 1_000)

const earliest = (one: Date, other: Date | undefined): Date => (other !== undefined && other < one ? other : one)
