import type { AppError } from '@neotool/kit/errors'
import { clientOf, type HttpServer, header, toRequestError } from '@neotool/kit/http'
import { ACCESS_TOKEN_URN } from '../use-cases/exchange-token.ts'
import type { UseCases } from '../use-cases.ts'
import { parseForm, required } from './form.ts'
import { CLIENT_CREDENTIALS, metadataOf, TOKEN_EXCHANGE } from './metadata.ts'
import { OAuthError } from './oauth-error.ts'
import type { KnownAccessToken } from './read-access-token.ts'
import type { OAuthRequest } from './request.ts'

// An assertion and a subject token with many groups take a few kilobytes.
const BODY_LIMIT_BYTES = 32_768

type Parts = {
  readonly issuer: string
  readonly useCases: Pick<UseCases, 'issueServiceToken' | 'exchangeToken' | 'revokeToken' | 'introspectToken'>
}

/** The endpoints of OAuth 2.0 for machines, and what describes them. They take forms, and their errors are RFC 6749's. */
export const registerOAuth = async (app: HttpServer['app'], { issuer, useCases }: Parts): Promise<void> => {
  const metadata = metadataOf(issuer)
  for (const name of ['openid-configuration', 'oauth-authorization-server']) {
    app.get(`/.well-known/${name}`, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=300').send(metadata),
    )
  }
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    )
    scope.addHook('onRequest', async (_request, reply) => {
      reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' })
    })
    scope.setErrorHandler((thrown, request, reply) => {
      const { status, headers, body } = toRefusal(thrown)
      if (status === 500) request.log.error({ err: thrown }, 'request failed')
      else request.log.info({ reason: body.error }, 'request refused')
      return reply.code(status).headers(headers).send(body)
    })
    const options = { bodyLimit: BODY_LIMIT_BYTES }

    scope.post('/oauth/token', options, async (request) => {
      const read = readRequest(request)
      switch (required(read.form, 'grant_type')) {
        case CLIENT_CREDENTIALS:
          return toTokenAnswer(await useCases.issueServiceToken(read))
        case TOKEN_EXCHANGE:
          return { ...toTokenAnswer(await useCases.exchangeToken(read)), issued_token_type: ACCESS_TOKEN_URN }
        default:
          throw new OAuthError('unsupported_grant_type', 'There is no such grant type; see the metadata.')
      }
    })
    scope.post('/oauth/revoke', options, async (request, reply) => {
      await useCases.revokeToken(readRequest(request))
      return reply.code(200).send()
    })
    scope.post('/oauth/introspect', options, async (request) =>
      toIntrospection(await useCases.introspectToken(readRequest(request)), issuer),
    )
  })
}

const readRequest = (request: Parameters<typeof clientOf>[0]): OAuthRequest => ({
  authorization: header(request, 'authorization'),
  form: parseForm(typeof request.body === 'string' ? request.body : ''),
  trace: request.trace,
  client: clientOf(request),
})

type Granted = Awaited<ReturnType<UseCases['issueServiceToken']>>

const toTokenAnswer = ({ accessToken, expiresInSeconds, permissions }: Granted) => ({
  access_token: accessToken,
  token_type: 'Bearer',
  expires_in: expiresInSeconds,
  scope: permissions.join(' '),
})

const toIntrospection = (known: KnownAccessToken | undefined, issuer: string) => {
  if (known === undefined) return { active: false }
  const { principal, tokenId, audience, issuedAt, expiresAt, clientId } = known
  const acting = principal.kind === 'user' ? principal.actingServiceId : undefined
  return {
    active: true,
    iss: issuer,
    sub: principal.id,
    aud: audience,
    ...(clientId !== undefined && { client_id: clientId }),
    ...(acting !== undefined && { act: { sub: acting } }),
    scope: principal.permissions.join(' '),
    token_type: 'Bearer',
    iat: issuedAt,
    exp: expiresAt,
    jti: tokenId,
  }
}

type Refusal = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: { readonly error: string; readonly error_description: string }
}

const toRefusal = (thrown: unknown): Refusal => {
  if (thrown instanceof OAuthError) {
    const isClient = thrown.code === 'invalid_client'
    return {
      status: isClient ? 401 : 400,
      headers: isClient ? { 'www-authenticate': 'Basic realm="oauth", charset="UTF-8"' } : {},
      body: { error: thrown.code, error_description: thrown.message },
    }
  }
  const { error, status } = toRequestError(thrown)
  const seconds = error.detail.retryAfterSeconds
  return {
    status: status === 415 ? 400 : status,
    headers: typeof seconds === 'number' ? { 'retry-after': String(seconds) } : {},
    body: toUnforeseen(error, status),
  }
}

/** RFC 6749 has no code for these; `temporarily_unavailable` and `server_error` are those of its section 4.1.2.1. */
const toUnforeseen = ({ kind }: AppError, status: number): { error: string; error_description: string } => {
  if (status === 415) return { error: 'invalid_request', error_description: 'Send application/x-www-form-urlencoded.' }
  if (kind === 'invalid')
    return { error: 'invalid_request', error_description: 'The request is malformed or too large.' }
  if (kind === 'limited') return { error: 'temporarily_unavailable', error_description: 'Too many requests.' }
  if (kind === 'unavailable') return { error: 'temporarily_unavailable', error_description: 'Try again in a moment.' }
  return { error: 'server_error', error_description: 'Something went wrong on our side.' }
}
