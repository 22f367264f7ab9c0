import { type Caller, execute } from '#gateway/execute.ts'
import { graphql } from '#generated/gql.ts'
import { createSessionRefresher, type Refresh, type SessionRefresher } from './session-refresher.ts'

const refreshAccessToken = graphql(`
  mutation RefreshAccessToken($input: RefreshAccessTokenInput!) {
    refreshAccessToken(input: $input) {
      session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }
    }
  }
`)

// As long as security gives parallel refreshes the same successor.
const KEEP_MS = 10_000

const request = async (refreshToken: string, caller: Caller): Promise<Refresh> => {
  const answer = await execute(refreshAccessToken, { input: { refreshToken } }, caller)
  if (answer.ok) return { status: 'renewed', tokens: answer.data.refreshAccessToken.session }
  const { code } = answer.problem
  // BAD_USER_INPUT: what the cookie holds was never a token.
  return { status: code === 'UNAUTHENTICATED' || code === 'BAD_USER_INPUT' ? 'refused' : 'unavailable' }
}

// Next bundles proxy.ts apart from the pages, each with its own copy of this module; the process is what they share.
const shared = globalThis as { [key: symbol]: SessionRefresher | undefined }
const KEY = Symbol.for('neotool.web.session-refresher')

/** The refresher of this process. */
export const sessionRefresher = (): SessionRefresher => {
  shared[KEY] ??= createSessionRefresher({ request, keepMs: KEEP_MS })
  return shared[KEY]
}
