import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { readPrivateFile } from './private-file.ts'

/** How we prove to Vault who we are; what is secret is in a file, which is read anew at each login. */
export type VaultLogin =
  /** A private file of `{"roleId", "secretId"}`, as vault-init writes it. */
  | { readonly kind: 'approle'; readonly file: string }
  /** A token of the cluster's, which it renews in the file. */
  | { readonly kind: 'jwt'; readonly role: string; readonly file: string }
  /** An operator's own token, in a private file. */
  | { readonly kind: 'token'; readonly file: string }

export type VaultClient = {
  /** The answer's body; undefined where there is nothing at that path. */
  get(path: string): Promise<unknown>
  post(path: string, body: unknown): Promise<unknown>
}

/** Vault does not do what we need; the message says why, and what a person can do. */
export class VaultFault extends Error {
  override readonly name = 'VaultFault'
  /** As HTTP has it; undefined where nobody answered. */
  readonly status: number | undefined
  readonly errors: readonly string[]
  constructor(
    message: string,
    { status, errors = [], cause }: { status?: number; errors?: readonly string[]; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.status = status
    this.errors = errors
  }
}

export const approleFile = z.object({ roleId: z.string(), secretId: z.string() })

const login = z.object({
  auth: z.object({ client_token: z.string(), lease_duration: z.number(), renewable: z.boolean() }),
})
const refusal = z.object({ errors: z.array(z.string()) })
const deleted = z.object({ data: z.object({ data: z.null(), metadata: z.unknown() }) })

// A Vault that has just lost its leader answers within a few seconds.
const TIMEOUT_MS = 5_000
const MOST_ANSWER_CHARACTERS = 200

type Session = { readonly token: string; readonly renewAt: number; readonly endsAt: number }

type Options = {
  readonly address: string
  readonly login: VaultLogin
  /** Milliseconds that only go forward. */
  readonly monotonic?: () => number
}

/**
 * A client of Vault's HTTP API that logs in when it must, renews its token after two thirds of its life, and logs in anew
 * where the token cannot be renewed or is refused.
 */
export const createVaultClient = ({
  address,
  login: how,
  monotonic = () => performance.now(),
}: Options): VaultClient => {
  let session: Session | undefined

  const send = async (method: string, path: string, { token, body }: { token?: string; body?: unknown }) => {
    const response = await fetch(new URL(`/v1/${path}`, address), {
      method,
      headers: { 'x-vault-request': 'true', ...(token !== undefined && { 'x-vault-token': token }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw new VaultFault(`Vault at ${address} does not answer. Start it, or correct the address.`, { cause })
    })
    const text = await response.text()
    const answer = parseJson(text)
    if (response.ok && (answer !== undefined || text === '')) return answer
    const { status } = response
    // A secret that was deleted answers with its history.
    if (status === 404 && deleted.safeParse(answer).success) return undefined
    const known = refusal.safeParse(answer)
    if (!known.success) {
      const start = text.slice(0, MOST_ANSWER_CHARACTERS)
      throw new VaultFault(`What answers at ${address} is no Vault: ${status} ${start}. Correct the address.`, {
        status,
      })
    }
    const { errors } = known.data
    if (status === 404 && errors.length === 0) return undefined
    if (status === 503 && errors.includes('Vault is sealed')) throw new VaultFault(sealed(address), { status, errors })
    throw new VaultFault(`Vault answers ${status} to ${method} ${path}: ${errors.join('; ')}`, { status, errors })
  }

  const toSession = (answer: unknown): Session => {
    const { client_token: token, lease_duration: seconds } = login.parse(answer).auth
    const ms = seconds === 0 ? Number.POSITIVE_INFINITY : seconds * 1_000
    return { token, renewAt: monotonic() + (ms * 2) / 3, endsAt: monotonic() + ms }
  }

  const logIn = async (): Promise<Session> => {
    const { path, body, advice } = await credentialsOf(how)
    if (path === undefined) return { token: body, renewAt: Number.POSITIVE_INFINITY, endsAt: Number.POSITIVE_INFINITY }
    try {
      return toSession(await send('POST', path, { body }))
    } catch (cause) {
      if (!(cause instanceof VaultFault) || (cause.status !== 400 && cause.status !== 403)) throw cause
      const { status, errors } = cause
      throw new VaultFault(`Vault at ${address} refuses the login: ${errors.join('; ')}. ${advice}`, {
        status,
        errors,
        cause,
      })
    }
  }

  const renew = async (current: Session): Promise<Session> => {
    try {
      const renewed = toSession(await send('POST', 'auth/token/renew-self', { token: current.token, body: {} }))
      // Near the longest life that Vault allows a token, it is renewed for less and less.
      if (renewed.endsAt > current.endsAt + 1_000) return renewed
    } catch (error) {
      if (!(error instanceof VaultFault) || error.status !== 403) throw error
    }
    return logIn()
  }

  const tokenNow = async (): Promise<string> => {
    if (session === undefined || monotonic() >= session.endsAt) session = await logIn()
    else if (monotonic() >= session.renewAt) session = await renew(session)
    return session.token
  }

  const request = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const before = session
    try {
      return await send(method, path, { token: await tokenNow(), body })
    } catch (error) {
      // A token that Vault has forgotten, with its storage or by revocation. One that it has just given is not that.
      if (!(error instanceof VaultFault) || error.status !== 403 || before === undefined || session !== before)
        throw error
      session = undefined
      return send(method, path, { token: await tokenNow(), body })
    }
  }

  return { get: (path) => request('GET', path), post: (path, body) => request('POST', path, body) }
}

const sealed = (address: string): string =>
  `Vault at ${address} is sealed. Unseal it with as many unseal keys as it needs: vault operator unseal`

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Credentials =
  | { readonly path: string; readonly body: Readonly<Record<string, string>>; readonly advice: string }
  | { readonly path: undefined; readonly body: string; readonly advice: string }

const credentialsOf = async (how: VaultLogin): Promise<Credentials> => {
  const { file } = how
  // A cluster puts its tokens where its own rules of access hold.
  const content = how.kind === 'jwt' ? await readFile(file).catch(() => undefined) : await readPrivateFile(file)
  if (content === undefined)
    throw new VaultFault(`${file}, which the login to Vault needs, is not there. ${ADVICE[how.kind]}`)
  const text = content.toString('utf8').trim()
  const advice = ADVICE[how.kind]
  if (how.kind === 'token') return { path: undefined, body: text, advice }
  if (how.kind === 'jwt') return { path: 'auth/jwt/login', body: { role: how.role, jwt: text }, advice }
  const { success, data } = approleFile.safeParse(parseJson(text))
  if (!success) throw new VaultFault(`${file} must hold {"roleId", "secretId"} in JSON. ${advice}`)
  return { path: 'auth/approle/login', body: { role_id: data.roleId, secret_id: data.secretId }, advice }
}

const ADVICE = {
  approle: 'Run services/security/src/ops/vault-init.ts: it writes the file anew.',
  jwt: 'The role must exist (services/security/src/ops/vault-init.ts makes it) and the token must be of its audience and subject.',
  token: 'Put a token there that may do this, with mode 0600.',
} as const satisfies Record<VaultLogin['kind'], string>
