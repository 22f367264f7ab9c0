import { readPolicies } from '@neotool/contracts/policies'
import { userActor } from '@neotool/testkit/actors'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Principal, UserActor } from './auth.ts'
import { type Authorizer, createAuthorizer, faultsOf } from './authz.ts'
import { createLogger } from './telemetry.ts'

const log = createLogger({ service: 'test', level: 'silent' })
const user = (id: string, ...permissions: string[]): UserActor => userActor({ id, permissions })

describe('the base policies', () => {
  let authorizer: Authorizer
  beforeAll(async () => {
    authorizer = createAuthorizer({ ...(await readPolicies()), log })
  })
  const isAllowed = (actor: UserActor, action: string, type: string, id?: string) =>
    authorizer.decide(actor, action, id === undefined ? { type } : { type, id }).isAllowed

  it('let a holder of a permission use that one and no other', () => {
    const viewer = user('a', 'app:product:view')
    expect(isAllowed(viewer, 'app:product:view', 'Product', '1')).toBe(true)
    expect(isAllowed(viewer, 'app:product:save', 'Product', '1')).toBe(false)
    expect(isAllowed(viewer, 'app:product:delete', 'Product', '1')).toBe(false)
  })

  it('let everybody see all of themselves, and of nobody else', () => {
    expect(isAllowed(user('a'), 'security:user:view-private', 'User', 'a')).toBe(true)
    expect(isAllowed(user('a'), 'security:user:view-private', 'User', 'b')).toBe(false)
    expect(isAllowed(user('a', 'security:user:view'), 'security:user:view-private', 'User', 'b')).toBe(false)
  })

  it('let everybody change their own account, and nobody the account of somebody else', () => {
    const everything = user('a', 'security:user:save', 'security:account:save', 'security:user:view-private')
    expect(isAllowed(user('a'), 'security:account:save', 'User', 'a')).toBe(true)
    expect(isAllowed(everything, 'security:account:save', 'User', 'b')).toBe(false)
    expect(isAllowed(everything, 'security:account:save', 'User')).toBe(false)
    const service: Principal = { kind: 'service', id: 'a', permissions: ['security:account:save'] }
    expect(authorizer.decide(service, 'security:account:save', { type: 'User', id: 'a' }).isAllowed).toBe(false)
  })

  it('let a service use what it was given, and be nobody who owns anything', () => {
    const service: Principal = { kind: 'service', id: 'a', permissions: ['app:product:view', 'assets:asset:view'] }
    expect(authorizer.decide(service, 'app:product:view', { type: 'Product' }).isAllowed).toBe(true)
    expect(authorizer.decide(service, 'app:product:save', { type: 'Product' }).isAllowed).toBe(false)
    // An id that a user has too makes it neither that user nor the owner of what is theirs.
    expect(authorizer.decide(service, 'security:user:view', { type: 'User', id: 'a' }).isAllowed).toBe(false)
    const own = { type: 'Asset', attributes: { createdBy: { __entity: { type: 'User', id: 'a' } } } }
    expect(authorizer.decide(service, 'assets:asset:delete', own).isAllowed).toBe(false)
    expect(authorizer.decide(user('a', 'assets:asset:view'), 'assets:asset:delete', own).isAllowed).toBe(true)
  })

  it('let no service talk with the assistant', () => {
    const permissions = ['assistant:conversation:view', 'assistant:conversation:save']
    for (const action of permissions) {
      expect(isAllowed(user('a', ...permissions), action, 'Conversation')).toBe(true)
      const service: Principal = { kind: 'service', id: 'a', permissions }
      expect(authorizer.decide(service, action, { type: 'Conversation' }).isAllowed).toBe(false)
    }
  })

  it('give a service that acts for a user what both were given, and nothing that the user has for being themself', () => {
    const acting = { ...user('a', 'app:product:view', 'security:user:view'), actingServiceId: 'b' }
    expect(isAllowed(acting, 'app:product:view', 'Product')).toBe(true)
    expect(isAllowed(acting, 'security:user:view', 'User', 'a')).toBe(true)
    expect(isAllowed(acting, 'security:user:view-private', 'User', 'a')).toBe(false)
    expect(isAllowed(acting, 'security:account:save', 'User', 'a')).toBe(false)
  })

  it('deny an action and a type that they do not know', () => {
    expect(isAllowed(user('a', 'app:product:view'), 'app:product:burn', 'Product', '1')).toBe(false)
    expect(isAllowed(user('a', 'app:product:view'), 'app:product:view', 'Elsewhere', '1')).toBe(false)
  })

  it('give the policy as the reason', () => {
    const decision = authorizer.decide(user('a', 'app:product:view'), 'app:product:view', { type: 'Product' })
    expect(decision.policyIds).toEqual(['product-view'])
  })

  it('keep out whoever is not signed in', () => {
    expect(() => authorizer.authorize({ kind: 'anonymous' }, 'app:product:view', { type: 'Product' })).toThrow(
      'Sign in',
    )
  })
})

describe('broken policies', () => {
  const schema =
    'entity User { age?: Long }; entity Product; action "see" appliesTo { principal: [User], resource: [Product] };'

  it.each([
    ['no Cedar', 'permit (everything);'],
    ['a policy without an @id', 'permit (principal, action, resource);'],
    [
      'two policies with one @id',
      '@id("a") permit (principal, action, resource); @id("a") permit (principal, action, resource);',
    ],
    [
      'an attribute that does not exist',
      '@id("a") permit (principal, action, resource) when { principal.colour == 1 };',
    ],
    ['an action that does not exist', '@id("a") permit (principal, action == Action::"burn", resource);'],
  ])('are refused at the start: %s', (_what, policies) => {
    expect(() => createAuthorizer({ schema, policies, log })).toThrow('The policies are broken')
  })

  it('are told with all their faults at once', () => {
    const policies = `@id("a") permit (principal, action == Action::"burn", resource);
      @id("b") permit (principal, action == Action::"melt", resource);`
    expect(faultsOf({ schema, policies }).join()).toMatch(/burn.*melt/s)
    const unnamed = 'permit (principal, action, resource); forbid (principal, action, resource);'
    expect(faultsOf({ schema, policies: unnamed })).toHaveLength(2)
    const template = '@id("a") permit (principal == ?principal, action, resource);'
    expect(faultsOf({ schema, policies: template })).toHaveLength(1)
    expect(faultsOf({ schema, policies: '@id("a") permit (principal, action, resource);' })).toEqual([])
  })

  it('leave those before them deciding; what was disposed of allows nothing', () => {
    const authorizer = createAuthorizer({ schema, policies: '@id("a") permit (principal, action, resource);', log })
    const isAllowed = () => authorizer.decide(user('a'), 'see', { type: 'Product' }).isAllowed
    expect(() => authorizer.replacePolicies('permit (everything);')).toThrow('The policies are broken')
    expect(isAllowed()).toBe(true)
    authorizer[Symbol.dispose]()
    expect(isAllowed()).toBe(false)
  })

  it('deny where their evaluation fails, whatever other policies permit', () => {
    // An attribute of the wrong type passes the schema's check of the text and fails on the data.
    const policies = `@id("all") permit (principal, action, resource);
      @id("dear") forbid (principal, action, resource is Product) when { resource.price > 3 };`
    const priced =
      'entity User; entity Product { price: Long }; action "see" appliesTo { principal: [User], resource: [Product] };'
    const authorizer = createAuthorizer({ schema: priced, policies, log })
    const see = (price: string | number) =>
      authorizer.decide(user('a'), 'see', { type: 'Product', id: '1', attributes: { price } }).isAllowed
    expect([see(1), see(9), see('one')]).toEqual([true, false, false])
  })
})
