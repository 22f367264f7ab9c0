/** Where the endpoints are, seen from outside: under the issuer. */
export const endpointsOf = (issuer: string) => {
  const base = issuer.replace(/\/+$/, '')
  return {
    keys: `${base}/.well-known/jwks.json`,
    token: `${base}/oauth/token`,
    revocation: `${base}/oauth/revoke`,
    introspection: `${base}/oauth/introspect`,
  } as const
}
