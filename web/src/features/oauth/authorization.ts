import 'server-only'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { z } from 'zod'
import type { IdentityProvider } from '#identity-providers.ts'
import { returnPath } from '#session/return-path.ts'

/** What the browser keeps, in an httpOnly cookie, between its way to the provider and its way back. */
export const authorization = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  next: z.string().transform(returnPath),
})
export type Authorization = z.output<typeof authorization>

const TIMEOUT_SECONDS = 5

/** The provider as its discovery document describes it; asked for each time, because people sign in that way rarely. */
const configurationOf = ({ issuer, clientId, clientSecret }: IdentityProvider): Promise<Configuration> =>
  discovery(new URL(issuer), clientId, clientSecret, clientSecret === undefined ? None() : undefined, {
    timeout: TIMEOUT_SECONDS,
    // The API takes such an issuer on loopback alone.
    ...(issuer.startsWith('http:') && { execute: [allowInsecureRequests] }),
  })

/** Where to send the browser, and what it has to bring back: authorization code with PKCE (RFC 7636), state and nonce. */
export const beginAuthorization = async (
  provider: IdentityProvider,
  redirectUri: string,
  next: string,
): Promise<{ readonly url: URL; readonly begun: Authorization }> => {
  const configuration = await configurationOf(provider)
  const begun = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier(), next }
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: 'openid email profile',
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: await calculatePKCECodeChallenge(begun.codeVerifier),
    code_challenge_method: 'S256',
  })
  return { url, begun }
}

/** The provider's id token for the code in the address that the browser came back to; throws where anything is wrong. */
export const finishAuthorization = async (
  provider: IdentityProvider,
  cameBackTo: URL,
  { state, nonce, codeVerifier }: Authorization,
): Promise<string> => {
  const tokens = await authorizationCodeGrant(await configurationOf(provider), cameBackTo, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: codeVerifier,
    idTokenExpected: true,
  })
  if (tokens.id_token === undefined) throw new Error(`${provider.issuer} gave no id token.`)
  return tokens.id_token
}
