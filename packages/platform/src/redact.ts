/*
 * Takes out of a text what must not leave the machine: the secrets that we know by value, however they are written, and
 * what looks like a secret or like personal data.
 */

const patterns: readonly { readonly pattern: RegExp; readonly by: string }[] = [
  // Signed tokens.
  { pattern: /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, by: '[token]' },
  // Passwords in addresses.
  { pattern: /(\w:\/\/[^\s:/@"']+:)[^\s@"']+@/g, by: '$1[password]@' },
  { pattern: /\bBearer\s+[\w.~+/=-]+/gi, by: 'Bearer [redacted]' },
  // Values behind telling names, in JSON, in addresses and in settings.
  {
    pattern: /((?:password|secret|token|api_?key|cookie|signature)"?\s*[:=]\s*)("(?:[^"\\]|\\.)*"|[^\s&",;}]+)/gi,
    by: '$1[redacted]',
  },
  { pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g, by: '[private key]' },
  { pattern: /[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+/g, by: '[e-mail]' },
]

/** The ways in which a secret may be written. */
const spellings = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
  Buffer.from(secret, 'base64').toString('base64url'),
  Buffer.from(secret, 'base64').toString('hex'),
]

/** A function that takes the given secrets, and what looks like one, out of a text. */
export const redactorOf = (secrets: readonly string[]): ((text: string) => string) => {
  // The longest first, so that a part of one is not replaced before the whole.
  const known = [...new Set(secrets.flatMap(spellings))].filter(({ length }) => length >= 8)
  known.sort((one, other) => other.length - one.length)
  return (text) => {
    const withoutKnown = known.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text)
    return patterns.reduce((rest, { pattern, by }) => rest.replace(pattern, by), withoutKnown)
  }
}
