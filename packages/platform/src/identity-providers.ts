import { PlatformError } from './failure.ts'

type Provider = { readonly id: string; readonly name?: string; readonly issuer?: string; readonly clientId: string }

const parse = (text: string): readonly Provider[] => {
  try {
    const list: unknown = JSON.parse(text)
    if (Array.isArray(list)) return list as readonly Provider[]
  } catch {
    // Told below, without the text: it holds secrets.
  }
  throw new PlatformError('NEOTOOL_IDENTITY_PROVIDERS is no JSON list.', {
    advice: 'Write it as web/README.md says of WEB_IDENTITY_PROVIDERS.',
  })
}

/**
 * The providers that people sign in with, from NEOTOOL_IDENTITY_PROVIDERS of whoever runs `up`: the web's form, with client
 * secrets, and security's, without. Each of the two checks what it is given.
 */
export const identityProviderSettings = (): { readonly web: string; readonly security: string } | undefined => {
  const text = process.env.NEOTOOL_IDENTITY_PROVIDERS
  if (!text) return undefined
  const security = parse(text).map(({ id, name, issuer, clientId }) => ({ id, name, issuer, clientIds: [clientId] }))
  return { web: text, security: JSON.stringify(security) }
}
