import { type Form, formDecode } from './form.ts'
import { invalidClient, OAuthError } from './oauth-error.ts'

/** How a client says who it is: by a secret in the header, or by an assertion that it signed. */
export type ClientProof =
  | { readonly kind: 'secret'; readonly clientId: string; readonly secret: string }
  | { readonly kind: 'assertion'; readonly clientId: string | undefined; readonly assertion: string }

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** Finds the one proof in a request: client_secret_basic (RFC 6749, section 2.3.1) or private_key_jwt (RFC 7523). */
export const readClientProof = (authorization: string | undefined, form: Form): ClientProof => {
  const named = form.get('client_id')
  const assertion = form.get('client_assertion')
  const type = form.get('client_assertion_type')
  if (form.has('client_secret')) {
    throw new OAuthError('invalid_client', 'Send the secret by HTTP Basic, not in the form.')
  }
  if (authorization !== undefined && (assertion !== undefined || type !== undefined)) {
    throw new OAuthError('invalid_request', 'Use one way of client authentication, not two.')
  }
  if (authorization !== undefined) {
    const proof = readBasic(authorization)
    if (named !== undefined && named !== proof.clientId) {
      throw new OAuthError('invalid_request', 'The client_id is not the one in the header.')
    }
    return proof
  }
  if (assertion === undefined) throw invalidClient()
  if (type !== ASSERTION_TYPE) {
    throw new OAuthError('invalid_request', `The client_assertion_type must be ${ASSERTION_TYPE}.`)
  }
  return { kind: 'assertion', clientId: named, assertion }
}

/** Id and secret are form-encoded each before they are joined, so that either may hold a colon. */
const readBasic = (authorization: string): ClientProof & { readonly kind: 'secret'; readonly clientId: string } => {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1]
  if (encoded === undefined) throw invalidClient()
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const at = text.indexOf(':')
  const [clientId, secret] = [formDecode(text.slice(0, at)), formDecode(text.slice(at + 1))]
  if (at < 0 || clientId === undefined || secret === undefined) throw invalidClient()
  return { kind: 'secret', clientId, secret }
}
