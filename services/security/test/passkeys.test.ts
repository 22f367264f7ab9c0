import { randomBytes } from 'node:crypto'
import { auditedIn } from '@neotool/testkit/audit'
import { dataOf } from '@neotool/testkit/graphql-client'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionTokens } from '../src/generated/graphql.ts'
import { userId } from '../src/user.ts'
import { factorSteps, STEP_UP } from './factors-fixture.ts'
import { PASSWORD, type Person, type SecurityFixture, startSecurity, WEB_URL } from './security-fixture.ts'
import { type SoftwareAuthenticator, softwareAuthenticator, type Wrongs } from './software-authenticator.ts'

const MINUTE_MS = 60_000
const CHALLENGE = 'challenge { token options expiresAt }'
const FACTORS = 'factors { passkeys { id name createdAt lastUsedAt } recoveryCodesLeft }'
const BEGIN_REGISTRATION = `mutation { beginPasskeyRegistration { ${CHALLENGE} } }`
const REGISTER = `mutation ($input: RegisterPasskeyInput!) { registerPasskey(input: $input) { recoveryCodes ${FACTORS} } }`
const REMOVE = `mutation ($id: ID!) { removePasskey(input: { id: $id }) { ${FACTORS} } }`
const BEGIN_SIGN_IN = `mutation { beginPasskeySignIn { ${CHALLENGE} } }`
const SIGN_IN_ALONE = `mutation ($input: SignInWithPasskeyInput!) {
  signInWithPasskey(input: $input) { session { accessToken refreshTokenExpiresAt } user { id email } }
}`
const BEGIN_STEP_UP = `mutation { beginPasskeyStepUp { ${CHALLENGE} } }`
const SECOND = `mutation ($input: SignInInput!) {
  signIn(input: $input) { session { accessToken } challenge { token methods passkeyOptions } }
}`

type Challenge = { readonly token: string; readonly options: string }
type Passkeys = { passkeys: { id: string; name: string; lastUsedAt: string | null }[]; recoveryCodesLeft: number }
type Registered = { registerPasskey: { recoveryCodes: string[] | null; factors: Passkeys } }
type Actor = { readonly token: string }
type Owner = Person & { readonly key: SoftwareAuthenticator; readonly passkeyId: string }

let fixture: SecurityFixture
let steps: ReturnType<typeof factorSteps>
beforeAll(async () => {
  fixture = await startSecurity()
  steps = factorSteps(fixture)
})
afterAll(() => fixture[Symbol.asyncDispose]())

const reasonOf = async (answer: Promise<{ errors: readonly { extensions: { reason: string } }[] }>) =>
  (await answer).errors[0]?.extensions.reason

const beginRegistration = async (actor: Actor): Promise<Challenge> => {
  const answer = await fixture.send<{ beginPasskeyRegistration: { challenge: Challenge } }>(
    BEGIN_REGISTRATION,
    {},
    actor,
  )
  return dataOf(answer).beginPasskeyRegistration.challenge
}
const register = (actor: Actor, challenge: string, response: string) =>
  fixture.send<Registered>(REGISTER, { input: { challenge, response, name: 'Phone' } }, actor)

const addPasskey = async (actor: Actor, key = softwareAuthenticator()) => {
  const { token, options } = await beginRegistration(actor)
  return { key, registered: dataOf(await register(actor, token, key.create(options))).registerPasskey }
}
const withPasskey = async (): Promise<Owner> => {
  const person = await fixture.newPerson()
  const { key, registered } = await addPasskey(person)
  return { ...person, key, passkeyId: registered.factors.passkeys[0]?.id ?? '' }
}

const beginSignIn = async (): Promise<Challenge> => {
  const answer = await fixture.send<{ beginPasskeySignIn: { challenge: Challenge } }>(BEGIN_SIGN_IN)
  return dataOf(answer).beginPasskeySignIn.challenge
}
const signInAlone = (challenge: string, response: string, send = fixture.send) =>
  send<{ signInWithPasskey: { session: SessionTokens; user: { id: string; email: string } } }>(SIGN_IN_ALONE, {
    input: { challenge, response },
  })
const tryAlone = async (key: SoftwareAuthenticator, wrongs: Wrongs = {}) => {
  const { token, options } = await beginSignIn()
  return await signInAlone(token, key.get(options, wrongs))
}

/** The challenge after the password. */
const second = async ({ email }: Person): Promise<{ token: string; methods: string[]; passkeyOptions: string }> => {
  const answer = await fixture.send<{
    signIn: { challenge: { token: string; methods: string[]; passkeyOptions: string } }
  }>(SECOND, { input: { email, password: PASSWORD } })
  return dataOf(answer).signIn.challenge
}
const trySecond = async (owner: Owner, wrongs: Wrongs = {}, key = owner.key) => {
  const { token, passkeyOptions } = await second(owner)
  return await steps.complete({ challenge: token, passkey: key.get(passkeyOptions, wrongs) })
}

const WRONGS: [string, Wrongs][] = [
  ['another origin', { origin: 'https://web.test.evil.example' }],
  ['http in place of https', { origin: 'http://web.test' }],
  ['another rpId', { rpId: 'evil.example' }],
  ['another challenge', { challenge: randomBytes(32).toString('base64url') }],
  ['the wrong ceremony', { type: 'webauthn.create' }],
  ['nobody present', { isUserPresent: false }],
  ['a count that does not grow', { count: 1 }],
  ['a count that falls', { count: 0 }],
  ['another user handle', { userHandle: randomBytes(16).toString('base64url') }],
]

describe('registering a passkey', () => {
  it('adds it, gives recovery codes the first time, tells the owner, and makes other sessions stale', async () => {
    const person = await fixture.newPerson()
    const other = dataOf(await steps.signIn(person.email)).signIn.session
    const { registered } = await addPasskey(person)
    expect(registered).toEqual({
      recoveryCodes: expect.arrayContaining([expect.stringMatching(/^[a-z2-7-]{19}$/)]),
      factors: {
        recoveryCodesLeft: 10,
        passkeys: [{ id: expect.any(String), name: 'Phone', createdAt: fixture.now().toISOString(), lastUsedAt: null }],
      },
    })
    expect((await addPasskey(person)).registered).toMatchObject({
      recoveryCodes: null,
      factors: { recoveryCodesLeft: 10 },
    })
    expect(await steps.mailsTo(person)).toEqual(['passkey-added', 'passkey-added'])
    expect(await reasonOf(fixture.send(BEGIN_REGISTRATION, {}, { token: other?.accessToken ?? '' }))).toBe(
      'STEP_UP_REQUIRED',
    )
  })

  it('asks for what WebAuthn says, for this site, and excludes what is there', async () => {
    const owner = await withPasskey()
    const options = JSON.parse((await beginRegistration(owner)).options)
    expect(options).toMatchObject({
      rp: { id: new URL(WEB_URL).hostname },
      user: { name: owner.email, id: Buffer.from(owner.userId.replaceAll('-', ''), 'hex').toString('base64url') },
      attestation: 'none',
      excludeCredentials: [{ id: owner.key.credentialId }],
    })
    expect(Buffer.from(options.challenge, 'base64url')).toHaveLength(32)
  })

  it.each([
    ...WRONGS.slice(0, 4),
    ['the wrong ceremony', { type: 'webauthn.get' }],
    ['nobody present', { isUserPresent: false }],
    ['a certificate, whose revocation list we would fetch', { certificate: randomBytes(300) }],
  ] as [string, Wrongs][])('refuses %s, and the challenge is used up', async (_what, wrongs) => {
    const person = await fixture.newPerson()
    const { token, options } = await beginRegistration(person)
    expect(await reasonOf(register(person, token, softwareAuthenticator().create(options, wrongs)))).toBe(
      'INPUT_INVALID',
    )
    expect(await reasonOf(register(person, token, softwareAuthenticator().create(options)))).toBe('CHALLENGE_ENDED')
    expect(dataOf(await steps.signIn(person.email)).signIn.challenge).toBeNull()
  })

  it('takes a challenge once, for five minutes, from whom it was given to', async () => {
    const [ann, mallory] = [await fixture.newPerson(), await fixture.newPerson()]
    const first = await beginRegistration(ann)
    const key = softwareAuthenticator()
    expect(await reasonOf(register(mallory, first.token, key.create(first.options)))).toBe('CHALLENGE_ENDED')
    dataOf(await register(ann, first.token, key.create(first.options)))
    const again = softwareAuthenticator().create(first.options)
    expect(await reasonOf(register(ann, first.token, again))).toBe('CHALLENGE_ENDED')
    const late = await beginRegistration(ann)
    const signIn = await beginSignIn()
    expect(await reasonOf(register(ann, signIn.token, softwareAuthenticator().create(signIn.options)))).toBe(
      'CHALLENGE_ENDED',
    )
    const ended = { expires_at: fixture.now() }
    await fixture.database.updateTable('challenges').set(ended).where('purpose', '=', 'passkey-registration').execute()
    expect(await reasonOf(register(ann, late.token, softwareAuthenticator().create(late.options)))).toBe(
      'CHALLENGE_ENDED',
    )
  })

  it("binds a credential to one account: another's is refused", async () => {
    const [owner, mallory] = [await withPasskey(), await fixture.newPerson()]
    const { token, options } = await beginRegistration(mallory)
    expect(await reasonOf(register(mallory, token, owner.key.create(options)))).toBe('PASSKEY_KNOWN')
  })

  it.each(['', '{}', 'null', '[]', '{"id":1}', 'x'.repeat(70_000)])('refuses %j as an answer', async (response) => {
    const person = await fixture.newPerson()
    const { token } = await beginRegistration(person)
    expect(await reasonOf(register(person, token, response))).toBe('INPUT_INVALID')
  })

  it('needs a fresh proof', async () => {
    const mutation = BEGIN_REGISTRATION
    const person = await fixture.newPerson()
    expect(await reasonOf(fixture.send(mutation))).toBe('SIGN_IN_REQUIRED')
    fixture.advance(6 * MINUTE_MS)
    expect(await reasonOf(fixture.send(mutation, {}, person))).toBe('STEP_UP_REQUIRED')
    expect(await reasonOf(register(person, 'x'.repeat(43), '{}'))).toBe('STEP_UP_REQUIRED')
    expect(await reasonOf(fixture.send(REMOVE, { id: person.userId }, person))).toBe('STEP_UP_REQUIRED')
  })
})

describe('a passkey as second factor', () => {
  it('completes a sign-in by password, also without a finger or PIN', async () => {
    const owner = await withPasskey()
    expect(await second(owner)).toMatchObject({ methods: ['PASSKEY', 'RECOVERY_CODE'] })
    for (const wrongs of [{}, { isUserVerified: false }, { userHandle: null }]) {
      const { session } = dataOf(await trySecond(owner, wrongs)).completeSignIn
      expect(decodeJwt(session.accessToken)).toMatchObject({ sub: owner.userId, acr: 'multi-factor' })
    }
  })

  it.each(WRONGS)('refuses %s', async (_what, wrongs) => {
    expect(await reasonOf(trySecond(await withPasskey(), wrongs))).toBe('SECOND_FACTOR_WRONG')
  })

  it("refuses another user's passkey, one that was removed, and the answer to another challenge", async () => {
    const [owner, mallory] = [await withPasskey(), await withPasskey()]
    expect(await reasonOf(trySecond(owner, {}, mallory.key))).toBe('SECOND_FACTOR_WRONG')
    const [one, other] = [await second(owner), await second(owner)]
    const swapped = steps.complete({ challenge: other.token, passkey: owner.key.get(one.passkeyOptions) })
    expect(await reasonOf(swapped)).toBe('SECOND_FACTOR_WRONG')
    const spare = (await addPasskey(owner)).key
    dataOf(await fixture.send(REMOVE, { id: owner.passkeyId }, owner))
    expect(await reasonOf(trySecond(owner))).toBe('SECOND_FACTOR_WRONG')
    dataOf(await trySecond(owner, {}, spare))
  })

  it('is not held up by codes that were wrong', async () => {
    const owner = await withPasskey()
    for (let times = 0; times < 11; times += 1) {
      const { token } = await second(owner)
      await steps.complete({ challenge: token, totpCode: '000000' })
    }
    dataOf(await trySecond(owner))
  })
})

describe('a passkey alone', () => {
  it('starts a session of two factors, and asks for no e-mail', async () => {
    const owner = await withPasskey()
    const { options } = await beginSignIn()
    expect(JSON.parse(options)).toMatchObject({ userVerification: 'required', rpId: 'web.test' })
    expect(JSON.parse(options)).not.toHaveProperty('allowCredentials')
    const before = (await auditedIn(fixture.database)).length
    const { session, user } = dataOf(await tryAlone(owner.key)).signInWithPasskey
    expect(user).toEqual({ id: owner.userId, email: owner.email })
    expect(decodeJwt(session.accessToken)).toMatchObject({ sub: owner.userId, acr: 'multi-factor' })
    expect((await auditedIn(fixture.database)).slice(before)).toMatchObject([
      { action: 'security:session:start', outcome: 'allowed', reason: 'PASSKEY', actor: { id: owner.userId } },
    ])
  })

  it.each([...WRONGS, ['nobody verified', { isUserVerified: false }], ['no user handle', { userHandle: null }]] as [
    string,
    Wrongs,
  ][])('refuses %s', async (_what, wrongs) => {
    const { key } = await withPasskey()
    expect(await reasonOf(tryAlone(key, wrongs))).toBe('PASSKEY_WRONG')
  })

  it('refuses one that nobody registered with the same answer', async () => {
    const [stranger, owner] = [softwareAuthenticator(), await withPasskey()]
    const answers = [await tryAlone(stranger), await tryAlone(owner.key, { origin: 'https://evil.example' })]
    const [one, other] = answers.map(({ errors }) =>
      errors.map(({ message, extensions }) => [message, extensions.reason]),
    )
    expect(one).toEqual(other)
  })

  it('answers a challenge once, on whichever replica, and within five minutes', async () => {
    const { key } = await withPasskey()
    const { token, options } = await beginSignIn()
    const response = key.get(options)
    const answers = await Promise.all([signInAlone(token, response), signInAlone(token, response, fixture.replica)])
    expect(answers.filter(({ data }) => data !== null)).toHaveLength(1)
    const wrong = await beginSignIn()
    await signInAlone(wrong.token, key.get(wrong.options, { rpId: 'evil.example' }))
    expect(await reasonOf(signInAlone(wrong.token, key.get(wrong.options)))).toBe('CHALLENGE_ENDED')
    const late = await beginSignIn()
    fixture.advance(5 * MINUTE_MS)
    expect(await reasonOf(signInAlone(late.token, key.get(late.options)))).toBe('CHALLENGE_ENDED')
  })

  it('refuses a cloned one that has fallen behind', async () => {
    const { key } = await withPasskey()
    dataOf(await tryAlone(key, { count: 50 }))
    expect(await reasonOf(tryAlone(key, { count: 50 }))).toBe('PASSKEY_WRONG')
    expect(await reasonOf(tryAlone(key, { count: 49 }))).toBe('PASSKEY_WRONG')
    dataOf(await tryAlone(key, { count: 51 }))
  })

  it('does not open a disabled account', async () => {
    const owner = await withPasskey()
    await fixture.database
      .updateTable('users')
      .set({ disabled_at: fixture.now() })
      .where('id', '=', userId.parse(owner.userId))
      .execute()
    expect(await reasonOf(tryAlone(owner.key))).toBe('ACCOUNT_DISABLED')
  })
})

describe('a passkey for stepUp', () => {
  const beginStepUp = async (actor: Actor): Promise<Challenge> => {
    const answer = await fixture.send<{ beginPasskeyStepUp: { challenge: Challenge } }>(BEGIN_STEP_UP, {}, actor)
    return dataOf(answer).beginPasskeyStepUp.challenge
  }
  const stepUp = (actor: Actor, challenge: string, response: string) =>
    fixture.send<{ stepUp: { accessToken: string } }>(STEP_UP, { input: { passkey: { challenge, response } } }, actor)

  it('makes the session fresh, once for each challenge', async () => {
    const owner = await withPasskey()
    fixture.advance(6 * MINUTE_MS)
    expect(await reasonOf(fixture.send(REMOVE, { id: owner.passkeyId }, owner))).toBe('STEP_UP_REQUIRED')
    const { token, options } = await beginStepUp(owner)
    const { accessToken } = dataOf(await stepUp(owner, token, owner.key.get(options))).stepUp
    expect(decodeJwt(accessToken).acr).toBe('multi-factor')
    expect(await reasonOf(stepUp(owner, token, owner.key.get(options)))).toBe('PASSKEY_WRONG')
    dataOf(await fixture.send(REMOVE, { id: owner.passkeyId }, { token: accessToken }))
  })

  it("refuses another's challenge, another's key and one for signing in", async () => {
    const [owner, mallory] = [await withPasskey(), await withPasskey()]
    const theirs = await beginStepUp(mallory)
    expect(await reasonOf(stepUp(owner, theirs.token, owner.key.get(theirs.options)))).toBe('PASSKEY_WRONG')
    const own = await beginStepUp(owner)
    expect(await reasonOf(stepUp(owner, own.token, mallory.key.get(own.options)))).toBe('PASSKEY_WRONG')
    const signIn = await beginSignIn()
    expect(await reasonOf(stepUp(owner, signIn.token, owner.key.get(signIn.options)))).toBe('PASSKEY_WRONG')
  })
})

describe('removing a passkey', () => {
  it("is for its owner: another's, and one that is none, are not found", async () => {
    const [owner, mallory] = [await withPasskey(), await withPasskey()]
    for (const id of [owner.passkeyId, mallory.userId, 'x']) {
      expect(await reasonOf(fixture.send(REMOVE, { id }, mallory))).toBe('PASSKEY_NOT_FOUND')
    }
    const answer = await fixture.send<{ removePasskey: { factors: Passkeys } }>(REMOVE, { id: owner.passkeyId }, owner)
    expect(dataOf(answer).removePasskey.factors).toEqual({ passkeys: [], recoveryCodesLeft: 0 })
    expect(await reasonOf(tryAlone(owner.key))).toBe('PASSKEY_WRONG')
    expect(await steps.mailsTo(owner)).toEqual(['passkey-added', 'passkey-removed'])
  })
})
