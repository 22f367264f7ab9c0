import type { SecurityResolvers } from '../resolvers.ts'
import type { UseCases } from '../use-cases.ts'

const OUTCOMES = { allowed: 'ALLOWED', denied: 'DENIED', failed: 'FAILED' } as const
const ACTOR_KINDS = { anonymous: 'ANONYMOUS', user: 'USER', service: 'SERVICE' } as const

/** The audit log: what was done, by whom, and what was decided. */
export const auditResolvers = (useCases: UseCases) =>
  ({
    Query: {
      auditEvents: (_parent, args, context) => useCases.listAuditEvents(context, args),
      verifyAuditLog: (_parent, { since }, context) => useCases.verifyAuditLog(context, since),
    },
    AuditEvent: {
      id: ({ eventId }) => eventId,
      sequence: ({ sequence }) => String(sequence),
      outcome: ({ outcome }) => OUTCOMES[outcome],
      hash: ({ hash }) => hash.toString('hex'),
      reason: ({ reason }) => reason ?? null,
      traceId: ({ traceId }) => traceId ?? null,
      actor: ({ actor }) =>
        actor.kind === 'anonymous'
          ? { kind: ACTOR_KINDS.anonymous, id: null, actingServiceId: null, permissions: [] }
          : {
              kind: ACTOR_KINDS[actor.kind],
              id: actor.id,
              actingServiceId: actor.actingServiceId ?? null,
              permissions: actor.permissions,
            },
      resource: ({ resource: { type, id, attributes } }) => ({
        type,
        id: id ?? null,
        attributes: attributes === undefined ? null : JSON.stringify(attributes),
      }),
    },
    AuditLogVerification: {
      isIntact: ({ firstBroken }) => firstBroken === undefined,
      firstBroken: ({ firstBroken }) =>
        firstBroken === undefined ? null : { ...firstBroken, sequence: String(firstBroken.sequence) },
      checkedCount: ({ checkedCount }) => String(checkedCount),
      head: ({ head: { sequence, hash } }) => ({ sequence: String(sequence), hash: hash.toString('hex') }),
    },
  }) satisfies SecurityResolvers
