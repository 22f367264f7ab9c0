import { OAuthError } from './oauth-error.ts'

/** The parameters of a request; one without a value is as good as absent (RFC 6749, section 3.2). */
export type Form = ReadonlyMap<string, string>

/** Reads application/x-www-form-urlencoded; throws `invalid_request` where a parameter comes twice or is no UTF-8. */
export const parseForm = (body: string): Form => {
  const form = new Map<string, string>()
  const seen = new Set<string>()
  for (const part of body.split('&')) {
    if (part === '') continue
    const at = part.indexOf('=')
    const name = formDecode(at < 0 ? part : part.slice(0, at))
    const value = formDecode(at < 0 ? '' : part.slice(at + 1))
    if (name === undefined || value === undefined) throw new OAuthError('invalid_request', 'The form is malformed.')
    if (seen.has(name)) throw new OAuthError('invalid_request', 'A parameter must not be repeated.')
    seen.add(name)
    if (value !== '') form.set(name, value)
  }
  return form
}

/** The text behind form encoding, RFC 6749, appendix B; undefined where it is malformed. */
export const formDecode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

/** The value of a parameter; throws `invalid_request` where there is none. */
export const required = (form: Form, name: string): string => {
  const value = form.get(name)
  if (value === undefined) throw new OAuthError('invalid_request', `The parameter ${name} is missing.`)
  return value
}
