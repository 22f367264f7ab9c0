import { Readable } from 'node:stream'
import type { Authenticate } from '@neotool/kit/auth'
import { type HttpServer, header } from '@neotool/kit/http'
import type { UseCases } from './use-cases.ts'

/** Serves the audit log as JSON Lines, which no GraphQL answer can stream; the parameters are those of AuditEventFilter. */
export const registerAuditExport = (
  app: HttpServer['app'],
  { authenticate, exportAuditEvents }: { authenticate: Authenticate } & Pick<UseCases, 'exportAuditEvents'>,
): void => {
  app.get('/audit/events.jsonl', async (request, reply) => {
    const actor = await authenticate(header(request, 'authorization'))
    const lines = exportAuditEvents(actor, request.query)
    return reply
      .type('application/jsonl')
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="audit-events.jsonl"')
      .send(Readable.from(lines))
  })
}
