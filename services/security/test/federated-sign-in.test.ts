import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { dataOf } from '@neotool/testkit/graphql-client'
import {
  CLIENT_ID,
  FOREIGN_CLIENT_ID,
  newNonce,
  type ProviderAccount,
  startIdentityProvider,
  type TestProvider,
} from '@neotool/testkit/identity-provider'
import type { JWTPayload } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userId } from '../src/user.ts'
import { factorSteps } from './factors-fixture.ts'
import { PASSWORD, type Person, type SecurityFixture, SIGN_IN, startSecurity } from './security-fixture.ts'

let provider: TestProvider
let fixture: SecurityFixture
beforeAll(async () => {
  provider = await startIdentityProvider()
  const { issuer } = provider
  const configured = [
    { id: 'test', name: 'Test', issuer, clientIds: ['neotool-mobile', CLIENT_ID] },
    { id: 'away', name: 'Away', issuer: 'http://127.0.0.1:1', clientIds: [CLIENT_ID] },
  ]
  fixture = await startSecurity({ identityProviders: configured })
})
afterAll(async () => {
  await fixture[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

const SIGN_IN_WITH_OAUTH = `mutation ($input: SignInWithOAuthInput!) {
  signInWithOAuth(input: $input) {
    session { accessToken }
    user { id email emailVerified displayName identities { provider { id name } } }
  }
}`
type SignedIn = {
  signInWithOAuth: {
    session: { accessToken: string }
    user: { id: string; email: string; emailVerified: boolean; displayName: string; identities: unknown[] }
  }
}

const present = (idToken: string, nonce: string, providerId = 'test', send = fixture.send) =>
  send<SignedIn>(SIGN_IN_WITH_OAUTH, { input: { providerId, idToken, nonce } })

const newAccount = (): ProviderAccount & { email: string } => ({
  email: `${randomUUID()}@example.org`,
  email_verified: true,
  name: 'Rui Alves',
})

const signIn = async (subject: string, account: ProviderAccount) => {
  const nonce = newNonce()
  return present(await provider.idTokenOf(subject, account, { nonce }), nonce)
}

const reasonOf = ({ errors }: { errors: readonly { extensions: { reason: string } }[] }) => errors[0]?.extensions.reason

const verifyEmail = (person: Person) =>
  fixture.database
    .updateTable('users')
    .set({ email_verified_at: fixture.now() })
    .where('id', '=', userId.parse(person.userId))
    .execute()

const countUsers = async () => (await fixture.database.selectFrom('users').select('id').execute()).length

describe('signInWithOAuth', () => {
  it('makes an account of somebody new, with a verified e-mail, and finds it again', async () => {
    const [subject, account] = [randomUUID(), newAccount()]
    const { user, session } = dataOf(await signIn(subject, account)).signInWithOAuth
    expect(user).toMatchObject({
      email: account.email,
      emailVerified: true,
      displayName: 'Rui Alves',
      identities: [{ provider: { id: 'test', name: 'Test' } }],
    })
    const answer = await fixture.send('{ currentUser { id } }', {}, { token: session.accessToken })
    expect(dataOf(answer)).toEqual({ currentUser: { id: user.id } })
    // The provider's name for them counts, not what it says of them today.
    const again = dataOf(await signIn(subject, { email: 'other@example.org', email_verified: false })).signInWithOAuth
    expect(again.user.id).toBe(user.id)
  })

  it('gives no password: nobody signs in with one', async () => {
    const account = newAccount()
    dataOf(await signIn(randomUUID(), account))
    for (const password of ['', 'null', PASSWORD]) {
      const answer = await fixture.send(SIGN_IN, { input: { email: account.email, password } })
      expect(reasonOf(answer)).toBe('CREDENTIALS_WRONG')
    }
  })

  it('makes one account of many requests at once', async () => {
    const [subject, account] = [randomUUID(), newAccount()]
    const tries = Array.from({ length: 4 }, async (_, n) => {
      const nonce = newNonce()
      const idToken = await provider.idTokenOf(subject, account, { nonce })
      return { idToken, nonce, send: n % 2 === 0 ? fixture.send : fixture.replica }
    })
    const ready = await Promise.all(tries)
    const answers = await Promise.all(ready.map(({ idToken, nonce, send }) => present(idToken, nonce, 'test', send)))
    const ids = answers.map((answer) => dataOf(answer).signInWithOAuth.user.id)
    expect(new Set(ids).size).toBe(1)
  })

  it('links an account with the same e-mail where both sides have verified it', async () => {
    const person = await fixture.newPerson()
    await verifyEmail(person)
    const account = { ...newAccount(), email: person.email.toUpperCase() }
    const { user } = dataOf(await signIn(randomUUID(), account)).signInWithOAuth
    expect(user.id).toBe(person.userId)
    const mails = await fixture.database.selectFrom('outbox').select('value').execute()
    const kinds = mails.map(({ value }) => (value as { data: { userId?: string; kind?: string } }).data)
    expect(kinds).toContainEqual({ userId: person.userId, kind: 'identity-linked' })
  })

  it('asks for the second factor where one is on', async () => {
    const person = await factorSteps(fixture).withTotp()
    await verifyEmail(person)
    const answer = await signIn(randomUUID(), { ...newAccount(), email: person.email })
    expect(dataOf(answer).signInWithOAuth).toEqual({ session: null, user: null })
  })

  it('never links where one of the two has not: whoever signed up first with the e-mail of another would be let in', async () => {
    const squatter = await fixture.newPerson()
    expect(reasonOf(await signIn(randomUUID(), { ...newAccount(), email: squatter.email }))).toBe('IDENTITY_NOT_LINKED')
    const owner = await fixture.newPerson()
    await verifyEmail(owner)
    const before = await countUsers()
    for (const claim of [{ email_verified: false }, {}]) {
      const answer = await signIn(randomUUID(), { email: owner.email, name: 'Mallory', ...claim })
      expect(reasonOf(answer)).toBe('PROVIDER_EMAIL_UNVERIFIED')
    }
    expect(reasonOf(await signIn(randomUUID(), { name: 'No mail' }))).toBe('PROVIDER_EMAIL_UNVERIFIED')
    expect(await countUsers()).toBe(before)
  })

  it('links one account of a provider to one of ours', async () => {
    const account = newAccount()
    dataOf(await signIn(randomUUID(), account))
    expect(reasonOf(await signIn(randomUUID(), account))).toBe('IDENTITY_TAKEN')
  })

  it('takes no name that is none', async () => {
    for (const name of ['', ' ', 'a\nb: c', 'x'.repeat(300)]) {
      const { user } = dataOf(await signIn(randomUUID(), { ...newAccount(), name })).signInWithOAuth
      expect(user.displayName).toMatch(/^[^\n]{1,100}$/)
    }
  })

  it('does not let in whom an administrator has disabled', async () => {
    const [subject, account] = [randomUUID(), newAccount()]
    const { user } = dataOf(await signIn(subject, account)).signInWithOAuth
    const disabled = { disabled_at: fixture.now() }
    await fixture.database.updateTable('users').set(disabled).where('id', '=', userId.parse(user.id)).execute()
    expect(reasonOf(await signIn(subject, account))).toBe('ACCOUNT_DISABLED')
  })
})

describe('a token of a provider', () => {
  const seconds = () => Math.floor(Date.now() / 1_000)
  const nonce = newNonce()
  const claims = (change: Readonly<Record<string, unknown>> = {}): JWTPayload => ({
    iss: provider.issuer,
    aud: CLIENT_ID,
    sub: randomUUID(),
    iat: seconds(),
    exp: seconds() + 300,
    nonce,
    ...newAccount(),
    ...change,
  })
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey

  it('is good when nothing is wrong with it', async () => {
    dataOf(await present(await provider.sign(claims()), nonce))
    dataOf(await present(await provider.sign(claims({ aud: ['neotool-mobile'], email_verified: 'true' })), nonce))
    dataOf(await present(await provider.sign(claims({ aud: [CLIENT_ID, 'x'], azp: CLIENT_ID })), nonce))
  })

  it.each<[string, () => Promise<string> | string]>([
    ['signed by a stranger', () => provider.sign(claims(), { key: stranger })],
    ['not signed', () => `${encode({ alg: 'none' })}.${encode(claims())}.`],
    ['of another issuer', () => provider.sign(claims({ iss: 'https://evil.example' }))],
    ['for another client', () => provider.sign(claims({ aud: FOREIGN_CLIENT_ID }))],
    ['for two clients, without saying for whom', () => provider.sign(claims({ aud: [CLIENT_ID, 'x'] }))],
    ['that another client asked for', () => provider.sign(claims({ aud: [CLIENT_ID, 'x'], azp: 'x' }))],
    ['that has expired', () => provider.sign(claims({ iat: seconds() - 400, exp: seconds() - 60 }))],
    ['that is old, though it has not', () => provider.sign(claims({ iat: seconds() - 3_600 }))],
    ['without an end', () => provider.sign(claims({ exp: undefined }))],
    ['with another nonce', () => provider.sign(claims({ nonce: newNonce() }))],
    ['without a nonce', () => provider.sign(claims({ nonce: undefined }))],
    ['without a subject', () => provider.sign(claims({ sub: undefined }))],
    ['that is an access token', () => provider.sign(claims(), { header: { typ: 'at+jwt' } })],
    ['that is nothing', () => 'a.b.c'],
    ['that is one of ours', async () => (await fixture.newPerson()).accessToken],
  ])('is refused %s, and nobody is made', async (_what, make) => {
    const token = await make()
    const before = await countUsers()
    const { data, errors } = await present(token, nonce)
    expect(data).toBeNull()
    expect(errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'ID_TOKEN_INVALID' })
    expect(await countUsers()).toBe(before)
  })

  it('that a real provider made for another client is refused', async () => {
    const own = newNonce()
    const token = await provider.idTokenOf(randomUUID(), newAccount(), { nonce: own, clientId: FOREIGN_CLIENT_ID })
    expect(reasonOf(await present(token, own))).toBe('ID_TOKEN_INVALID')
  })

  it('is good once, also at two replicas at once, and however its signature is written', async () => {
    const token = await provider.sign(claims())
    const answers = await Promise.all([present(token, nonce), present(token, nonce, 'test', fixture.replica)])
    expect(answers.map(reasonOf).sort()).toEqual(['ID_TOKEN_INVALID', undefined])
    // The last letter of 256 bytes in base64url has four bits that mean nothing.
    const twin = `${token.slice(0, -1)}${String.fromCharCode(token.charCodeAt(token.length - 1) + 1)}`
    for (const replay of [token, twin]) expect(reasonOf(await present(replay, nonce))).toBe('ID_TOKEN_INVALID')
  })

  it('of a provider that does not answer is nobody’s fault, and one that is not configured is the caller’s', async () => {
    expect(reasonOf(await present(await provider.sign(claims()), nonce, 'away'))).toBe('PROVIDER_UNAVAILABLE')
    expect(reasonOf(await present(await provider.sign(claims()), nonce, 'evil'))).toBe('INPUT_INVALID')
  })
})

describe('linking', () => {
  const LINK = 'mutation ($input: LinkIdentityInput!) { linkIdentity(input: $input) { user { id } } }'
  const UNLINK = `mutation { unlinkIdentity(input: { providerId: "test" }) { user { id identities { linkedAt } } } }`
  const link = async (person: { token: string }, subject: string, account: ProviderAccount = {}) => {
    const nonce = newNonce()
    const idToken = await provider.idTokenOf(subject, account, { nonce })
    return fixture.send(LINK, { input: { providerId: 'test', idToken, nonce } }, person)
  }

  it('by the signed-in owner needs no e-mail; from then on it signs them in', async () => {
    const [person, subject] = [await fixture.newPerson(), randomUUID()]
    dataOf(await link(person, subject, { name: 'No mail' }))
    expect(dataOf(await signIn(subject, {})).signInWithOAuth.user.id).toBe(person.userId)
    expect(dataOf(await fixture.send(UNLINK, {}, person))).toMatchObject({
      unlinkIdentity: { user: { identities: [] } },
    })
    expect(reasonOf(await signIn(subject, {}))).toBe('PROVIDER_EMAIL_UNVERIFIED')
    expect(reasonOf(await fixture.send(UNLINK, {}, person))).toBe('IDENTITY_NOT_FOUND')
  })

  it('does not take it from somebody else', async () => {
    const [one, other, subject] = [await fixture.newPerson(), await fixture.newPerson(), randomUUID()]
    dataOf(await link(one, subject))
    expect(reasonOf(await link(other, subject))).toBe('IDENTITY_TAKEN')
    expect(dataOf(await signIn(subject, {})).signInWithOAuth.user.id).toBe(one.userId)
  })

  it('needs a fresh sign-in', async () => {
    const person = await fixture.newPerson()
    fixture.advance(6 * 60_000)
    try {
      expect(reasonOf(await link(person, randomUUID()))).toBe('STEP_UP_REQUIRED')
      expect(reasonOf(await fixture.send(UNLINK, {}, person))).toBe('STEP_UP_REQUIRED')
    } finally {
      fixture.advance(-6 * 60_000)
    }
  })

  it('leaves a way in', async () => {
    const { session } = dataOf(await signIn(randomUUID(), newAccount())).signInWithOAuth
    expect(reasonOf(await fixture.send(UNLINK, {}, { token: session.accessToken }))).toBe('LAST_WAY_IN')
  })

  it('is nobody’s who is not signed in', async () => {
    expect(reasonOf(await link({ token: '' }, randomUUID()))).toBe('TOKEN_INVALID')
    expect(reasonOf(await fixture.send(UNLINK))).toBe('SIGN_IN_REQUIRED')
  })
})
