import { randomUUID } from 'node:crypto'
import { ACCESS_TOKEN_TYPE } from '@neotool/kit/auth'
import { type AccessTable, ALL_PERMISSIONS, describeAccess, schemaOf } from '@neotool/testkit/access'
import { TEST_AUDIENCE, TEST_ISSUER } from '@neotool/testkit/issuer'
import { getNamedType, isLeafType, isObjectType } from 'graphql'
import { decodeJwt, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SecurityFixture, startSecurity } from './security-fixture.ts'

let fixture: SecurityFixture
beforeAll(async () => {
  fixture = await startSecurity()
})
afterAll(() => fixture[Symbol.asyncDispose]())

const TABLE: AccessTable = {
  // What comes before anybody can be signed in, or proves by a token of its own who asks.
  'Query.identityProviders': { public: 'the sign-in page offers them' },
  'Mutation.signUp': { public: 'whoever has no account yet' },
  'Mutation.signIn': { public: 'the password is the proof' },
  'Mutation.signInWithOAuth': { public: "the provider's token is the proof" },
  'Mutation.refreshAccessToken': { public: 'the refresh token is the proof' },
  'Mutation.signOut': { public: 'the refresh token is the proof' },
  'Mutation.verifyEmailWithToken': { public: "the link's token is the proof" },
  'Mutation.requestPasswordReset': { public: 'whoever cannot sign in' },
  'Mutation.resetPassword': { public: "the link's token is the proof" },
  'Mutation.completeSignIn': { public: "the challenge's token and the second factor are the proof" },

  'Mutation.beginPasskeySignIn': { public: 'whoever has a passkey; the answer is the same for everybody' },
  'Mutation.signInWithPasskey': { public: 'the passkey is the proof' },

  'Query.currentUser': { own: 'account' },
  'Query.sessions': { own: 'sessions' },
  'Query.checkPermission': {
    own: 'permissions',
    variables: { action: 'app:product:view', resource: { type: 'Product' } },
    foreign: { names: 'what is asked about, and no answer tells whether it is there' },
  },
  'Mutation.linkIdentity': { own: 'ways to sign in', foreign: { names: 'a provider' } },
  'Mutation.unlinkIdentity': { own: 'ways to sign in', foreign: { names: 'a provider' } },
  'Mutation.endSession': {
    own: 'sessions',
    foreign: {
      variables: async () => ({ input: { id: decodeJwt((await fixture.newPerson()).accessToken).sid } }),
    },
  },
  'Mutation.endOtherSessions': { own: 'sessions' },
  'Mutation.resendVerificationEmail': { own: 'e-mail' },
  'Mutation.updateProfile': { own: 'profile' },
  'Mutation.changePassword': { own: 'password' },
  'Mutation.deleteAccount': { own: 'account' },
  'Mutation.stepUp': { own: 'session' },
  'Mutation.enrolTotp': { own: 'second factor' },
  'Mutation.confirmTotp': { own: 'second factor' },
  'Mutation.removeTotp': { own: 'second factor' },
  'Mutation.regenerateRecoveryCodes': { own: 'second factor' },
  'Mutation.beginPasskeyRegistration': { own: 'second factor' },
  'Mutation.registerPasskey': { own: 'second factor' },
  'Mutation.removePasskey': {
    own: 'second factor',
    foreign: { names: 'a passkey, looked for among the own ones alone' },
  },
  'Mutation.beginPasskeyStepUp': { own: 'session' },

  'Query.user': { needs: 'security:user:view' },
  'Query.users': { needs: 'security:user:view-private' },
  User: { needs: 'security:user:view' },
  'Mutation.enableUser': { needs: 'security:user:save' },
  'Mutation.disableUser': { needs: 'security:user:save' },
  'Mutation.updateUser': { needs: 'security:user:save' },

  'Query.groups': { needs: 'security:group:view' },
  'Query.group': { needs: 'security:group:view' },
  'Mutation.createGroup': { needs: 'security:group:save' },
  'Mutation.updateGroup': { needs: 'security:group:save' },
  'Mutation.deleteGroup': { needs: 'security:group:delete' },
  'Mutation.assignGroupToUser': { needs: 'security:group:assign' },
  'Mutation.removeGroupFromUser': { needs: 'security:group:assign' },

  'Query.roles': { needs: 'security:role:view' },
  'Query.role': { needs: 'security:role:view' },
  'Query.permissions': { needs: 'security:role:view' },
  'Mutation.createRole': { needs: 'security:role:save' },
  'Mutation.updateRole': { needs: 'security:role:save' },
  'Mutation.deleteRole': { needs: 'security:role:delete' },
  'Mutation.assignRoleToGroup': { needs: 'security:role:assign' },
  'Mutation.removeRoleFromGroup': { needs: 'security:role:assign' },
  'Mutation.assignPermissionToRole': { needs: 'security:role:save' },
  'Mutation.removePermissionFromRole': { needs: 'security:role:save' },

  'Query.servicePrincipals': { needs: 'security:service:view' },
  'Mutation.createServicePrincipal': { needs: 'security:service:save' },
  'Mutation.rotateServiceSecret': { needs: 'security:service:save' },
  'Mutation.disableServicePrincipal': { needs: 'security:service:save' },

  'Query.policies': { needs: 'security:policy:view' },
  'Query.policySources': { needs: 'security:policy:view' },
  'Query.simulatePolicy': { needs: ['security:policy:view', 'security:audit:view'] },
  'Query.explain': { needs: 'security:permission:check' },
  'Mutation.draftPolicy': { needs: 'security:policy:save' },
  'Mutation.activatePolicy': { needs: 'security:policy:activate' },
  'Mutation.rollbackPolicy': { needs: 'security:policy:activate' },

  'Query.auditEvents': { needs: 'security:audit:view' },
  'Query.verifyAuditLog': { needs: 'security:audit:view' },

  'Query.signingKeys': { needs: 'security:key:view' },
  'Mutation.rotateSigningKey': { needs: 'security:key:rotate' },
}

/** A token as this service signs it, with just these permissions in it. */
const actorWith = async (...permissions: readonly string[]): Promise<{ readonly token: string }> => {
  const { kid, privateKey } = fixture.signingKey
  const seconds = Math.floor(fixture.now().getTime() / 1_000)
  const claims = {
    sid: randomUUID(),
    groups: [],
    permissions: [...permissions],
    rights_version: 1,
    email_verified: true,
    acr: 'single-factor',
    auth_time: seconds,
  }
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', typ: ACCESS_TOKEN_TYPE, kid })
    .setIssuer(TEST_ISSUER)
    .setAudience(TEST_AUDIENCE)
    .setSubject(randomUUID())
    .setJti(randomUUID())
    .setIssuedAt(seconds)
    .setNotBefore(seconds)
    .setExpirationTime(seconds + 900)
    .sign(privateKey)
  return { token }
}

describeAccess('security', TABLE, () => ({ send: fixture.send, actorWith }))

/** What everybody who sees another user sees of them; all else is theirs and of whoever sees private data. */
const SEEN_BY_ALL = ['id', 'displayName', 'version', 'createdAt']

describe('of another user', () => {
  const type = schemaOf('security').getType('User')
  const fields = isObjectType(type) ? Object.values(type.getFields()) : []
  const hidden = fields.filter(({ name }) => !SEEN_BY_ALL.includes(name))

  it.each(hidden.map(({ name }) => name))('%s is hidden', async (name) => {
    const field = hidden.find((each) => each.name === name)
    const selection = field && isLeafType(getNamedType(field.type)) ? '' : ' { __typename }'
    const { userId } = await fixture.newPerson()
    const actor = await actorWith(...ALL_PERMISSIONS.filter((each) => each !== 'security:user:view-private'))
    const { data, errors } = await fixture.send(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { ${name}${selection} } } }`,
      { r: [{ __typename: 'User', id: userId }] },
      actor,
    )
    expect(errors.map(({ extensions }) => extensions.reason)).toEqual(['PERMISSION_MISSING'])
    expect(data).toEqual({ _entities: [{ [name]: null }] })
  })
})
