import {
  base64url,
  createLocalJWKSet,
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { send, sendBody, signedInToken } from './api.ts'

let token: string
let jwk: JWK
beforeAll(async () => {
  token = await signedInToken()
  const response = await fetch(`${inject('urls').security}/.well-known/jwks.json`)
  const { keys } = (await response.json()) as { keys: JWK[] }
  jwk = keys[0] as JWK
})

const PRODUCTS = '{ products(first: 1) { edges { node { id } } } }'

const claimsOf = async () => {
  const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: [jwk] }))
  return payload
}
const header = () => ({ alg: 'RS256', typ: 'at+jwt', kid: jwk.kid ?? '' })
const part = (value: object) => base64url.encode(JSON.stringify(value))

describe('tokens that are not good', () => {
  it('the true one is good, or the rest would prove nothing', async () => {
    expect((await send(PRODUCTS, {}, token)).errors).toEqual([])
    expect(header().kid).not.toBe('')
  })

  const forgeries: [string, () => Promise<string>][] = [
    ['expired, signed by somebody else', async () => foreign({ exp: 1 })],
    ['signed by somebody else', async () => foreign({})],
    ['alg none', async () => `${part({ ...header(), alg: 'none' })}.${part(await claimsOf())}.`],
    [
      'HS256 with the public key',
      async () => {
        const spki = await exportSPKI((await importJWK(jwk, 'RS256', { extractable: true })) as CryptoKey)
        const secret = new TextEncoder().encode(spki)
        return new SignJWT(await claimsOf()).setProtectedHeader({ ...header(), alg: 'HS256' }).sign(secret)
      },
    ],
    [
      'a changed claim',
      async () => {
        const [head, , signature] = token.split('.')
        return `${head}.${part({ ...(await claimsOf()), permissions: ['security:user:view-private'] })}.${signature}`
      },
    ],
    ['no token at all', async () => 'nonsense'],
  ]
  const foreign = async (change: object) => {
    const { privateKey } = await generateKeyPair('RS256')
    return new SignJWT({ ...(await claimsOf()), ...change }).setProtectedHeader(header()).sign(privateKey)
  }
  it.each(forgeries)('%s: UNAUTHENTICATED', async (_what, forge) => {
    const { status, errors, data } = await send(PRODUCTS, {}, await forge())
    expect(errors[0]?.extensions.code, String(status)).toBe('UNAUTHENTICATED')
    expect(data).toBeNull()
    expect(status).toBeLessThan(500)
  })
})

describe('operations that are not good', () => {
  const deep = `{ products { edges { node { ${'createdBy { '.repeat(200)} id ${'} '.repeat(200)} } } } }`
  const aliases = `{ ${Array.from({ length: 1_000 }, (_, n) => `a${n}: currentUser { id }`).join(' ')} }`
  const create = (input: object) =>
    JSON.stringify({
      query: 'mutation ($input: CreateProductInput!) { createProduct(input: $input) { product { id } } }',
      variables: { input },
    })
  const query = (text: string) => JSON.stringify({ query: text })

  it.each([
    ['a wrong type', create({ name: 1, sku: [], priceCents: 'much', stock: null })],
    ['a number that is too large', create({ name: 'x', sku: 'X', priceCents: 2_147_483_648 })],
    ['an unknown field', create({ name: 'x', sku: 'X', priceCents: 1, createdBy: 'me' })],
    ['a NUL', create({ name: 'x\u0000', sku: 'X', priceCents: 1 })],
    ['half a surrogate pair', create({ name: 'x\ud800', sku: 'X', priceCents: 1 })],
    ['10 MB', create({ name: 'x'.repeat(10_000_000), sku: 'X', priceCents: 1 })],
    ['200 levels', query(deep)],
    ['1,000 aliases', query(aliases)],
    ['a malformed cursor', query('{ products(after: "%%%") { totalCount } }')],
    ['a cursor of a million', query(`{ products(after: "${'A'.repeat(100_000)}") { totalCount } }`)],
    ['a page of 1,000', query('{ products(first: 1000) { totalCount } }')],
    ['an id that is none', query('{ product(id: "1 or 1=1") { id } }')],
    ['malformed JSON', '{"query": '],
    ['no JSON', 'query { products }'],
    ['an empty body', ''],
    ['malformed GraphQL', query('{ products(')],
    ['an unknown field of the schema', query('{ passwords }')],
    ['a batch', `[${query(PRODUCTS)},${query(PRODUCTS)}]`],
  ])('%s: the fault of the client, never a 500', async (_what, body) => {
    const { status, text, errors } = await sendBody(body, token)
    expect(status, text.slice(0, 500)).toBeLessThan(500)
    expect(text).not.toMatch(/\bat .*\.(ts|js):\d+|node_modules|select .* from/i)
    expect(errors.length, text.slice(0, 500)).toBeGreaterThan(0)
    for (const { extensions } of errors) expect(extensions.code, text.slice(0, 500)).toBe('BAD_USER_INPUT')
  })
})
