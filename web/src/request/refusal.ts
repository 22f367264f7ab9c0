export type Refusal = { readonly status: 403 | 411 | 413; readonly message: string }

// Ours are forms of a few hundred bytes. Next would cut a longer body off and fail over the rest.
const MAX_BODY_BYTES = 64 * 1024

/**
 * Why a request that changes something is not let in, before anything reads its body. Next compares the origin of an
 * action as well, but answers as if we had failed.
 */
export const findRefusal = (method: string, headers: Headers, ownOrigin: string): Refusal | undefined => {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return undefined
  const length = headers.get('content-length')
  if (length === null) return { status: 411, message: 'Say how long the request is: Content-Length is missing.' }
  if (!(Number(length) <= MAX_BODY_BYTES))
    return { status: 413, message: `The request is ${length} bytes long; ${MAX_BODY_BYTES} are allowed.` }
  const origin = headers.get('origin')
  const hosts = [headers.get('x-forwarded-host'), headers.get('host'), new URL(ownOrigin).host]
  if (origin !== null && !hosts.includes(URL.parse(origin)?.host ?? ''))
    return { status: 403, message: `Requests from ${origin} are not accepted.` }
  return undefined
}
