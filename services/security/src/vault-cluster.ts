/*
 * How the pods of a cluster log in to Vault. They hold tokens that the cluster signs, so Vault gets the cluster's public keys.
 * We fetch them: API servers such as K3s' refuse callers without a name, as which Vault itself would come.
 */
import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type VaultClient, VaultFault } from '@neotool/kit/vault-client'
import { z } from 'zod'

/** The cluster's API server, and a token with which it answers us. */
export type Cluster = { readonly url: string; readonly tokenFile: string }

/** What the cluster's tokens for Vault name as their audience. */
export const AUDIENCE = 'vault'

/** The services whose settings are in Vault, at `<service>/settings`. */
export const SERVICES = ['app', 'security', 'assistant', 'assets'] as const
export type Service = (typeof SERVICES)[number]

/** Who may log in as the role that opens a service's settings: its pods, its migrations and its CronJobs. */
export const settingsRole = (service: Service) => ({
  name: `neotool-${service}-settings`,
  subjects: [
    account('neotool-app', service),
    account('neotool-app', `${service}-migrate`),
    account('neotool-workflows', `purge-${service}`),
    ...(service === 'security' ? [ROTATE_KEYS] : []),
  ],
})

const account = (namespace: string, name: string): string => `system:serviceaccount:${namespace}:${name}`
const ROTATE_KEYS = account('neotool-workflows', 'rotate-keys')

/** Who may log in as the role that opens the signing keys. */
export const KEYS_SUBJECTS = [account('neotool-app', 'security'), ROTATE_KEYS] as const

const TIMEOUT_MS = 5_000

const discovery = z.object({ issuer: z.string().min(1) })
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string(), use: z.string().optional() })).min(1) })

/** The cluster does not give us its keys; the message says what to do. */
export class ClusterFault extends Error {
  override readonly name = 'ClusterFault'
  /** As HTTP has it; undefined where nobody answered. */
  readonly status: number | undefined
  constructor(message: string, { status, cause }: { status?: number; cause?: unknown }) {
    super(message, cause === undefined ? undefined : { cause })
    this.status = status
  }
}

/** Who signs the cluster's tokens, and with which keys. */
export const readSigners = async ({ url, tokenFile }: Cluster) => {
  const get = async <Answer>(path: string, schema: z.ZodType<Answer>): Promise<Answer> => {
    const place = new URL(path, url).href
    const token = (await readFile(tokenFile, 'utf8')).trim()
    const response = await fetch(place, {
      // No `accept`: API servers refuse application/json for the keys, which are application/jwk-set+json.
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw new ClusterFault(`The cluster does not answer at ${place}. Correct the address, or let us reach it.`, {
        cause,
      })
    })
    const answer: unknown = await response.json().catch(() => undefined)
    const { success, data } = schema.safeParse(answer)
    if (response.ok && success) return data
    throw new ClusterFault(
      `${place} answers ${response.status} and nothing that we understand. The token in ${tokenFile} must be this cluster's, ` +
        'of a ServiceAccount that may ask who signs (ClusterRole system:service-account-issuer-discovery).',
      { status: response.status },
    )
  }
  const { issuer } = await get('/.well-known/openid-configuration', discovery)
  // Whatever host jwks_uri names, which may be one for readers outside: every API server has its keys here.
  const { keys } = await get('/openid/v1/jwks', keySet)
  return { issuer, pems: keys.filter(({ use }) => use === undefined || use === 'sig').map(toPem) }
}

const toPem = (key: JsonWebKey): string =>
  createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString()

/** Lets Vault take the tokens that the cluster signs now. To be repeated when the cluster has other keys. */
export const setSigners = async (admin: VaultClient, cluster: Cluster): Promise<void> => {
  const { issuer, pems } = await readSigners(cluster)
  await admin.post('auth/jwt/config', { bound_issuer: issuer, jwt_validation_pubkeys: pems })
}

/** A role whose name is that of its policy, for tokens of these subjects. */
export const setRole = async (
  admin: VaultClient,
  { name, subjects, tokens }: { name: string; subjects: readonly string[]; tokens: Readonly<Record<string, unknown>> },
): Promise<void> => {
  await admin.post(`auth/jwt/role/${name}`, {
    ...tokens,
    token_policies: [name],
    token_no_default_policy: true,
    role_type: 'jwt',
    user_claim: 'sub',
    bound_audiences: [AUDIENCE],
    bound_claims_type: 'string',
    bound_claims: { sub: subjects },
  })
}

/** Whether a failure may pass by itself: of a server that starts, or is not open to us yet. */
export const mayPass = (error: unknown): boolean =>
  (error instanceof ClusterFault || error instanceof VaultFault) && (error.status === undefined || error.status >= 500)
