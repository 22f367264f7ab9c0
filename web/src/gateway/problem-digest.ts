/*
 * Of an error that is thrown on the server the browser learns the digest alone. Next keeps a digest that an error
 * brings along, so ours carries what the error page shows: the kind of problem and the trace id.
 */
export const CODES = [
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'TOO_MANY_REQUESTS',
  'SERVICE_UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
] as const

export type ProblemCode = (typeof CODES)[number]

type Digest = { readonly code: ProblemCode; readonly traceId: string }

const PREFIX = 'neotool'

export const writeDigest = ({ code, traceId }: Digest): string => `${PREFIX};${code};${traceId}`

/** Code and trace id of a digest of ours; undefined for the digest of any other error. */
export const readDigest = (digest: string | undefined): Digest | undefined => {
  const [prefix, name, traceId] = digest?.split(';') ?? []
  const code = CODES.find((candidate) => candidate === name)
  return prefix === PREFIX && code !== undefined && traceId !== undefined ? { code, traceId } : undefined
}
