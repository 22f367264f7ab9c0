import { randomUUID } from 'node:crypto'
import type { Actor, UserActor } from '@neotool/kit/auth'
import type { Caller } from '@neotool/kit/caller'
import { continueTrace } from '@neotool/kit/telemetry'

/** A user who signed in just now, with one factor and without any rights. */
export const userActor = (fields: Partial<UserActor> = {}): UserActor => ({
  kind: 'user',
  id: randomUUID(),
  sessionId: randomUUID(),
  groupIds: [],
  permissions: [],
  isEmailVerified: true,
  authenticatedAt: new Date(),
  authenticationLevel: 'single-factor',
  ...fields,
})

/** Calls a use case as this actor, from a device of the documentation network (RFC 5737). */
export const callerOf = (actor: Actor): Caller => ({
  actor,
  trace: continueTrace(undefined),
  client: { address: '192.0.2.1', userAgent: 'Test/1.0' },
})
