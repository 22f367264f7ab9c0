/** The codes of RFC 6749, section 5.2, and of RFC 8707, section 2. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'invalid_target'
  | 'unsupported_grant_type'

/** A refusal that an OAuth client understands. The description is for developers, and never repeats what they sent. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError'
  readonly code: OAuthErrorCode
  constructor(code: OAuthErrorCode, description: string) {
    super(description)
    this.code = code
  }
}

/** One answer for an unknown client, a wrong secret and a disabled client. */
export const invalidClient = (): OAuthError =>
  new OAuthError('invalid_client', 'The client is not known, or what it proved itself by is not good.')
