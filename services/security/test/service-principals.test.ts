import { createHash } from 'node:crypto'
import { revocations } from '@neotool/contracts/events/tables'
import { auditedIn } from '@neotool/testkit/audit'
import { dataOf } from '@neotool/testkit/graphql-client'
import { calculateJwkThumbprint, decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userId } from '../src/user.ts'
import {
  CREATE,
  DISABLE,
  later,
  type Made,
  newAdministrator,
  newPrincipal,
  type PrincipalView,
  ROTATE,
} from './machines-fixture.ts'
import { type Person, type SecurityFixture, startSecurity } from './security-fixture.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let fixture: SecurityFixture
let member: Person
let administrator: Person
beforeAll(async () => {
  fixture = await startSecurity()
  member = await fixture.newPerson()
  administrator = await newAdministrator(fixture)
})
afterAll(() => fixture[Symbol.asyncDispose]())

const create = (input: Readonly<Record<string, unknown>>, actor: { token: string } = administrator) =>
  fixture.send<{ createServicePrincipal: Made }>(
    CREATE,
    { input: { name: 'Robot', permissions: ['app:product:view'], ...input } },
    actor,
  )
const rotate = (input: Readonly<Record<string, unknown>>, actor: { token: string } = administrator) =>
  fixture.send<{ rotateServiceSecret: Made }>(ROTATE, { input }, actor)
const disable = (id: string, actor: { token: string } = administrator) =>
  fixture.send<{ disableServicePrincipal: { servicePrincipal: PrincipalView } }>(DISABLE, { id }, actor)
const list = async (query = '') => {
  const text = 'query ($query: String) { servicePrincipals(query: $query) { totalCount edges { node { id name } } } }'
  type List = { servicePrincipals: { totalCount: number; edges: { node: PrincipalView }[] } }
  return dataOf(await fixture.send<List>(text, { query }, administrator)).servicePrincipals
}

const publicKey = async (alg: string, options = {}) =>
  JSON.stringify(await exportJWK((await generateKeyPair(alg, options)).publicKey))

/** Somebody who may make service principals, and sees products, but nothing else; for good, or for an hour. */
const newKeeper = async ({ endsAt }: { endsAt?: Date } = {}): Promise<Person> => {
  const person = await fixture.newPerson()
  const { database, signingKey } = fixture
  const permissions = ['security:service:save', 'app:product:view']
  const name = `Keepers ${person.userId}`
  const role = await database
    .insertInto('roles')
    .values({ name, description: '' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const group = await database
    .insertInto('groups')
    .values({ name, description: '' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const held = permissions.map((permission) => ({ role_id: role.id, permission }))
  await database.insertInto('role_permissions').values(held).execute()
  await database.insertInto('group_roles').values({ group_id: group.id, role_id: role.id }).execute()
  const member = { user_id: userId.parse(person.userId), group_id: group.id, ends_at: endsAt ?? null }
  await database.deleteFrom('group_members').where('user_id', '=', member.user_id).execute()
  await database.insertInto('group_members').values(member).execute()
  const token = await new SignJWT({ ...decodeJwt(person.accessToken), permissions })
    .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: signingKey.kid })
    .sign(signingKey.privateKey)
  return { ...person, token }
}

describe('createServicePrincipal', () => {
  it('answers with the principal and a secret that is stored nowhere', async () => {
    const made = await newPrincipal(fixture, administrator, { permissions: ['app:product:view', 'app:product:view'] })
    expect(made.clientSecret).toMatch(/^nts_[\w-]{43}$/)
    expect(made.servicePrincipal).toMatchObject({
      permissions: ['app:product:view'],
      audiences: ['neotool-test'],
      credentials: [{ keyId: null, expiresAt: null }],
      createdBy: { id: administrator.userId },
      disabledAt: null,
    })
    const secret = made.clientSecret ?? ''
    const stored = await fixture.database.selectFrom('service_credentials').selectAll().execute()
    expect(stored.map(({ secret_hash }) => secret_hash)).toContainEqual(createHash('sha256').update(secret).digest())
    expect(JSON.stringify(await fixture.database.selectFrom('outbox').selectAll().execute())).not.toContain(secret)
  })

  it('takes a public key in place of a secret, and knows it by its thumbprint or its own kid', async () => {
    const key = await publicKey('ES256')
    const { servicePrincipal, clientSecret } = await newPrincipal(fixture, administrator, { publicKey: key })
    expect(clientSecret).toBeNull()
    expect(servicePrincipal.credentials).toMatchObject([{ keyId: await calculateJwkThumbprint(JSON.parse(key)) }])
    const named = JSON.stringify({ ...JSON.parse(await publicKey('RS256')), kid: 'mine' })
    const { servicePrincipal: second } = await newPrincipal(fixture, administrator, { publicKey: named })
    expect(second.credentials).toMatchObject([{ keyId: 'mine' }])
  })

  it('refuses keys that are private, too short, of another kind or no keys', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    const ec = JSON.parse(await publicKey('ES256'))
    const rsa = JSON.parse(await publicKey('RS256'))
    const bad = [
      JSON.stringify(await exportJWK(privateKey)),
      await publicKey('ES384'),
      await publicKey('EdDSA'),
      JSON.stringify({ ...ec, y: ec.x }),
      JSON.stringify({ ...rsa, e: 'AQ' }),
      JSON.stringify({ ...rsa, n: rsa.n.slice(0, 170) }),
      JSON.stringify({ kty: 'oct', k: 'c2VjcmV0' }),
      'not json',
      '[]',
      'null',
    ]
    for (const key of bad) {
      const { errors } = await create({ publicKey: key })
      expect(errors[0]?.extensions, key).toMatchObject({ reason: 'INPUT_INVALID', fields: [{ path: 'publicKey' }] })
    }
  })

  it('gives no rights for good to whom holds them for a while', async () => {
    const keeper = await newKeeper({ endsAt: new Date(fixture.now().getTime() + HOUR) })
    const { errors } = await create({ name: 'Outlives its maker' }, keeper)
    expect(errors[0]?.extensions.reason).toBe('PERMISSION_NOT_HELD')
    expect((await list('Outlives')).totalCount).toBe(0)
  })

  it('gives nobody a principal with more rights than their own', async () => {
    const keeper = await newKeeper()
    const { errors } = await create({ permissions: ['app:product:view', 'app:product:delete'] }, keeper)
    expect(errors[0]?.extensions.reason).toBe('PERMISSION_NOT_HELD')
    expect(errors[0]?.message).toContain('app:product:delete')
    const unknown = await create({ permissions: ['app:product:everything'] })
    expect(unknown.errors[0]?.extensions.reason).toBe('PERMISSION_NOT_HELD')
    dataOf(await create({ name: 'Kept' }, keeper))
  })

  it.each([
    [{ name: ' ' }, 'name'],
    [{ permissions: [] }, 'permissions'],
    [{ audiences: [] }, 'audiences'],
    [{ audiences: ['two words'] }, 'audiences.0'],
  ])('refuses %j', async (input, path) => {
    expect((await create(input)).errors[0]?.extensions).toMatchObject({ reason: 'INPUT_INVALID', fields: [{ path }] })
  })

  it('refuses a name that is in use, however it is written', async () => {
    await newPrincipal(fixture, administrator, { name: 'Night shift' })
    expect((await create({ name: 'NIGHT SHIFT' })).errors[0]?.extensions.reason).toBe('SERVICE_PRINCIPAL_NAME_TAKEN')
  })
})

describe('rotateServiceSecret', () => {
  it('lists both until the overlap ends, a day unless it is given', async () => {
    const { servicePrincipal } = await newPrincipal(fixture, administrator)
    const { id } = servicePrincipal
    const { rotateServiceSecret: rotated } = dataOf(await rotate({ id }))
    const end = new Date(fixture.now().getTime() + 24 * HOUR).toISOString()
    expect(rotated.servicePrincipal.credentials).toMatchObject([{ expiresAt: null }, { expiresAt: end }])
    const again = dataOf(await rotate({ id, overlapHours: 0 })).rotateServiceSecret
    expect(again.servicePrincipal.credentials).toMatchObject([{ expiresAt: null }])
    expect(new Set([rotated.clientSecret, again.clientSecret]).size).toBe(2)
  })

  it('never lets what expires live longer than an earlier rotation said', async () => {
    const { id } = (await newPrincipal(fixture, administrator)).servicePrincipal
    await rotate({ id, overlapHours: 1 })
    const { credentials } = dataOf(await rotate({ id, overlapHours: 100 })).rotateServiceSecret.servicePrincipal
    expect(new Set(credentials.map(({ expiresAt }) => expiresAt && Date.parse(expiresAt)))).toEqual(
      new Set([null, fixture.now().getTime() + HOUR, fixture.now().getTime() + 100 * HOUR]),
    )
  })

  it('gives nobody the secret of a principal that holds more than they do', async () => {
    const { id } = (await newPrincipal(fixture, administrator)).servicePrincipal
    expect((await rotate({ id }, await newKeeper())).errors[0]?.extensions.reason).toBe('PERMISSION_NOT_HELD')
  })

  it('refuses one that is disabled, that does not exist, and an overlap of a year', async () => {
    const { id } = (await newPrincipal(fixture, administrator)).servicePrincipal
    dataOf(await disable(id))
    expect((await rotate({ id })).errors[0]?.extensions.reason).toBe('SERVICE_PRINCIPAL_DISABLED')
    const unknown = await rotate({ id: administrator.userId })
    expect(unknown.errors[0]?.extensions.reason).toBe('SERVICE_PRINCIPAL_NOT_FOUND')
    expect((await rotate({ id, overlapHours: 8_760 })).errors[0]?.extensions.reason).toBe('INPUT_INVALID')
  })
})

describe('disableServicePrincipal', () => {
  it('has every process refuse its access tokens, once', async () => {
    const { id } = (await newPrincipal(fixture, administrator)).servicePrincipal
    const entries = () =>
      fixture.database.selectFrom('outbox').select('value').where('topic', '=', revocations.topic).execute()
    const before = (await entries()).length
    const disabledAt = fixture.now().toISOString()
    expect(dataOf(await disable(id)).disableServicePrincipal.servicePrincipal).toMatchObject({ id, disabledAt })
    await later(fixture, 1_000, async () => {
      expect(dataOf(await disable(id)).disableServicePrincipal.servicePrincipal).toMatchObject({ disabledAt })
    })
    expect((await entries()).slice(before)).toMatchObject([{ value: { principalId: id } }])
  })
})

describe('servicePrincipals', () => {
  it('finds by a part of the name, disabled ones too', async () => {
    const { id } = (await newPrincipal(fixture, administrator, { name: 'Zebra crossing' })).servicePrincipal
    await disable(id)
    expect(await list('ZEBRA')).toEqual({ totalCount: 1, edges: [{ node: { id, name: 'Zebra crossing' } }] })
    expect((await list('%')).totalCount).toBe(0)
  })
})

describe('who may', () => {
  it('nobody without the permission, and no administrator whose sign-in was long ago', async () => {
    const { id } = (await newPrincipal(fixture, administrator)).servicePrincipal
    for (const send of [
      (actor: { token: string }) => create({ name: 'Mine' }, actor),
      (actor: { token: string }) => rotate({ id }, actor),
      (actor: { token: string }) => disable(id, actor),
    ]) {
      expect((await send(member)).errors[0]?.extensions.reason).toBe('PERMISSION_MISSING')
      await later(fixture, 6 * MINUTE, async () =>
        expect((await send(administrator)).errors[0]?.extensions.reason).toBe('STEP_UP_REQUIRED'),
      )
    }
    const { errors } = await fixture.send('{ servicePrincipals { totalCount } }', {}, member)
    expect(errors[0]?.extensions.reason).toBe('PERMISSION_MISSING')
  })

  it('is in the audit trail, with the principal and without its secret', async () => {
    const before = (await auditedIn(fixture.database)).length
    const { servicePrincipal, clientSecret } = await newPrincipal(fixture, administrator)
    const { id } = servicePrincipal
    await rotate({ id })
    await disable(id)
    const rows = (await auditedIn(fixture.database)).slice(before)
    const one = { action: 'security:service:save', resource: { type: 'Service', id }, outcome: 'allowed' }
    expect(rows).toMatchObject([one, one, one])
    expect(JSON.stringify(rows)).not.toContain(clientSecret)
  })
})
