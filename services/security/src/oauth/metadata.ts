import { ASSERTION_ALGORITHMS } from './client-assertion.ts'
import { endpointsOf } from './endpoints.ts'

export const CLIENT_CREDENTIALS = 'client_credentials'
export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'

/** What this authorization server can do, RFC 8414. Nobody signs in through it, so it has no authorization endpoint. */
export const metadataOf = (issuer: string) => {
  const { keys, token, revocation, introspection } = endpointsOf(issuer)
  const methods = ['client_secret_basic', 'private_key_jwt']
  return {
    issuer,
    jwks_uri: keys,
    token_endpoint: token,
    token_endpoint_auth_methods_supported: methods,
    token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    revocation_endpoint: revocation,
    revocation_endpoint_auth_methods_supported: methods,
    revocation_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    introspection_endpoint: introspection,
    introspection_endpoint_auth_methods_supported: methods,
    introspection_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    grant_types_supported: [CLIENT_CREDENTIALS, TOKEN_EXCHANGE],
    response_types_supported: [],
  }
}
