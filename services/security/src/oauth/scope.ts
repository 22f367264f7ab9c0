import type { Form } from './form.ts'
import { OAuthError } from './oauth-error.ts'

const SCOPE = /^[!#-[\]-~]+( [!#-[\]-~]+)*$/

/** What a token is asked to permit: all that may be had, or some of it; throws `invalid_scope` beyond that. */
export const grantedScope = (form: Form, available: readonly string[]): readonly string[] => {
  const scope = form.get('scope')
  if (scope === undefined) return available
  const asked = SCOPE.test(scope) ? [...new Set(scope.split(' '))] : []
  if (asked.length === 0 || asked.some((name) => !available.includes(name))) {
    throw new OAuthError('invalid_scope', 'The scope must be among the permissions that are to be had.')
  }
  return asked
}

/** For whom a token is: `audience` (RFC 8693) or `resource` (RFC 8707), the first one allowed where neither is named. */
export const grantedAudience = (form: Form, allowed: readonly string[]): string => {
  const [resource, audience] = [form.get('resource'), form.get('audience')]
  if (resource !== undefined && audience !== undefined && resource !== audience) {
    throw new OAuthError('invalid_target', 'A token is for one audience: name it once.')
  }
  const target = audience ?? resource ?? allowed[0]
  if (target === undefined || !allowed.includes(target)) {
    throw new OAuthError('invalid_target', 'The client may not ask for tokens for this audience.')
  }
  return target
}
