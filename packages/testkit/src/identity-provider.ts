import { createHash, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type JWTPayload, SignJWT } from 'jose'
import { Provider } from 'oidc-provider'

/** What the provider knows of somebody. */
export type ProviderAccount = { readonly email?: string; readonly email_verified?: boolean; readonly name?: string }

export type TestProvider = AsyncDisposable & {
  readonly issuer: string
  /** Signs the account in as a browser would: authorization code with PKCE. Answers its id token. */
  idTokenOf(subject: string, account: ProviderAccount, options?: { nonce?: string; clientId?: string }): Promise<string>
  /** A token of any content, signed by the provider's key unless another one is given. */
  sign(claims: JWTPayload, options?: { header?: Readonly<Record<string, unknown>>; key?: KeyObject }): Promise<string>
}

export const CLIENT_ID = 'neotool-web'
export const FOREIGN_CLIENT_ID = 'somebody-else'
const REDIRECT_URI = 'http://127.0.0.1:9/callback'
// Of a native client any port of loopback counts (RFC 8252, section 7.3).
const WEB_REDIRECT_URI = 'http://localhost/oauth/test/callback'

export const newNonce = (): string => randomBytes(24).toString('base64url')

/** A real OpenID Connect provider on loopback, whose people need no password; a browser is signed in as `visitor`. */
export const startIdentityProvider = async (visitor: ProviderAccount = {}): Promise<TestProvider> => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const accounts = new Map<string, ProviderAccount>([['visitor', visitor]])
  // The issuer is the address, so it must be known before there is a provider to answer there.
  let handle: (request: IncomingMessage, response: ServerResponse) => unknown = () => {}
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const kid = 'provider-key'
  const client = (clientId: string) => ({
    client_id: clientId,
    application_type: 'native' as const,
    token_endpoint_auth_method: 'none' as const,
    redirect_uris: [REDIRECT_URI, WEB_REDIRECT_URI],
    grant_types: ['authorization_code'],
    response_types: ['code' as const],
  })
  const provider = new Provider(issuer, {
    clients: [client(CLIENT_ID), client(FOREIGN_CLIENT_ID)],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['only for tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    // As the large providers do it: the id token itself says who it is.
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, subject) => ({
      accountId: subject,
      claims: async () => ({ sub: subject, ...accounts.get(subject) }),
    }),
    loadExistingGrant: async (context) => {
      const { session, client: asking } = context.oidc
      const grant = new context.oidc.provider.Grant({
        ...(session?.accountId && { accountId: session.accountId }),
        ...(asking && { clientId: asking.clientId }),
      })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  const callback = provider.callback()
  handle = async (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return callback(request, response)
    const { params, prompt } = await provider.interactionDetails(request, response)
    const result =
      prompt.name === 'login' ? { login: { accountId: String(params.login_hint ?? 'visitor') } } : { consent: {} }
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true })
  }

  const codeOf = async (subject: string, clientId: string, nonce: string, challenge: string): Promise<string> => {
    const jar = new Map<string, string>()
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: REDIRECT_URI,
      scope: 'openid email profile',
      login_hint: subject,
      nonce,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })
    let address = new URL(`${issuer}/auth?${query}`)
    while (!address.href.startsWith(REDIRECT_URI)) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await fetch(address, { redirect: 'manual', headers: { cookie } })
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        jar.set(name, value)
      }
      const location = response.headers.get('location')
      if (location === null) throw new Error(`${address} answered ${response.status}: ${await response.text()}`)
      address = new URL(location, issuer)
    }
    const code = address.searchParams.get('code')
    if (code === null) throw new Error(`the provider refused: ${address.search}`)
    return code
  }

  return {
    issuer,
    async idTokenOf(subject, account, { nonce = newNonce(), clientId = CLIENT_ID } = {}) {
      accounts.set(subject, account)
      const verifier = newNonce() + newNonce()
      const challenge = createHash('sha256').update(verifier).digest('base64url')
      const code = await codeOf(subject, clientId, nonce, challenge)
      const response = await fetch(`${issuer}/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: clientId,
          redirect_uri: REDIRECT_URI,
          code,
          code_verifier: verifier,
        }),
      })
      const { id_token: idToken, ...rest } = (await response.json()) as { id_token?: string }
      if (idToken === undefined) throw new Error(`no id token: ${JSON.stringify(rest)}`)
      return idToken
    },
    sign: (claims, { header = {}, key = privateKey } = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, ...header }).sign(key),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
