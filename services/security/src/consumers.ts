import { auditEvents } from '@neotool/contracts/events/audit'
import { mailRequestedV1 } from '@neotool/contracts/events/security-mail'
import { type ConsumerDefinition, defineConsumer } from '@neotool/kit/events/consumer'
import type { Tables } from './database.ts'
import type { UseCases } from './use-cases.ts'

/** Every event that the security service consumes, and what it has as its effect. */
export const createConsumers = ({
  sendRequestedMail,
  appendAuditEvent,
}: Pick<UseCases, 'sendRequestedMail' | 'appendAuditEvent'>): readonly ConsumerDefinition<Tables>[] => [
  defineConsumer({
    group: 'neotool.security.mail',
    events: [mailRequestedV1],
    handle: (tx, { data }) => sendRequestedMail(tx, data),
  }),
  defineConsumer({
    group: 'neotool.security.audit',
    events: Object.values(auditEvents),
    handle: (tx, { id, source, time, data }, { trace }) =>
      appendAuditEvent(tx, { id, source, time, traceId: trace.traceId, data }),
  }),
]
